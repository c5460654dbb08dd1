/* neobay params and neobay indicators. */
#include "cli/cli.h"
#include "scenario/reference.h"

int command_params(const struct call *call)
{
    struct text text = {0};
    if (call->given[OPTION_ID_JSON_SCHEMA])
        reference_json_schema(&text);
    else if (call->given[OPTION_ID_MARKDOWN])
        reference_markdown(&text);
    else
        reference_text(&text);
    return cli_print(&text);
}

int command_indicators(const struct call *call)
{
    (void)call;
    struct text text = {0};
    reference_indicators(&text);
    return cli_print(&text);
}
