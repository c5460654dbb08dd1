#include "bench/light.h"

#include "model/kernels/kernels.h"

#include <string.h>

extern light_month kernel_light_month_base;
#if defined __x86_64__
extern light_month kernel_light_month_avx2, kernel_light_month_avx512;
#endif

light_month *light_best(void)
{
#if defined __x86_64__
    const char *best = kernels_supported(0)->name;
    if (strcmp(best, "avx512") == 0)
        return kernel_light_month_avx512;
    if (strcmp(best, "avx2") == 0)
        return kernel_light_month_avx2;
#endif
    return kernel_light_month_base;
}
