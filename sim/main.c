/* neobay: grows a district of firms, many times over. See README.md. */
#include "cli/cli.h"

#include <gsl/gsl_errno.h>

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* GSL would abort; we look at what it returns */
    return cli_main(argc, argv);
}
