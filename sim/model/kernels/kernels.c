#include "model/kernels/kernels.h"

extern const struct kernels kernel_table_base;

#if defined __x86_64__
extern const struct kernels kernel_table_avx2, kernel_table_avx512;

static const struct kernels *supported(const struct kernels *kernels)
{
    __builtin_cpu_init();
    bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    if (kernels == &kernel_table_avx512)
        return avx512 ? kernels : NULL;
    if (kernels == &kernel_table_avx2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? kernels : NULL;
    return kernels;
}

static const struct kernels *const widest_first[] = {&kernel_table_avx512, &kernel_table_avx2,
                                                     &kernel_table_base};
#else
static const struct kernels *supported(const struct kernels *kernels)
{
    return kernels;
}

static const struct kernels *const widest_first[] = {&kernel_table_base};
#endif

enum { KERNELS_COUNT = sizeof widest_first / sizeof *widest_first };

const struct kernels *kernels_supported(size_t i)
{
    for (size_t k = 0; k < KERNELS_COUNT; k++)
        if (supported(widest_first[k]) != NULL && i-- == 0)
            return widest_first[k];
    return NULL;
}
