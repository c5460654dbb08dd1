#include "study/change.h"

#include <string.h>

struct override change_override(const char *file, const char *path, const struct node *value)
{
    return (struct override){.path = path, .value = value, .beside = file, .at = value->at};
}

/* "no-plan" of "../no-plan.yaml". */
static void base_name(const char *file, struct text *out)
{
    const char *slash = strrchr(file, '/'), *name = slash == NULL ? file : slash + 1;
    const char *dot = strrchr(name, '.');
    text_append(out, "%.*s", dot == NULL ? (int)strlen(name) : (int)(dot - name), name);
}

void change_label(const char *path, const struct node *value, struct text *out)
{
    bool files = strcmp(path, OVERRIDE_EXTENDS) == 0;
    if (files && value->kind == NODE_SEQUENCE && value->first != NULL) {
        for (const struct node *name = value->first; name != NULL; name = name->next) {
            change_label(path, name, out);
            text_append(out, "%s", name->next == NULL ? "" : "+");
        }
    } else if (files && value->kind == NODE_SCALAR && !node_is_null(value)) {
        base_name(value->text, out);
    } else if (value->kind == NODE_SCALAR && !node_is_null(value)) {
        text_append(out, "%s", value->text);
    } else {
        node_flow(value, out);
    }
}
