#include "study/change.h"

#include "scenario/extend.h"

#include <stdlib.h>
#include <string.h>

/* Characters that end or alter a plain scalar inside brackets. What holds one is no number. */
static bool needs_quotes(const struct node *node)
{
    return node->quoted || node->text[strcspn(node->text, ",[]{}#:&*!|>'\"%@`\\\n\t")] != '\0';
}

static void quoted(const char *text, struct text *out)
{
    text_append(out, "\"");
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            text_append(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            text_append(out, "\\x%02x", c);
        else
            text_append(out, "%c", c);
    }
    text_append(out, "\"");
}

static void scalar(const struct node *node, struct text *out)
{
    if (node_is_null(node))
        text_append(out, "~");
    else if (needs_quotes(node))
        quoted(node->text, out);
    else
        text_append(out, "%s", node->text);
}

void change_flow(const struct node *node, struct text *out)
{
    if (node->kind == NODE_SCALAR) {
        scalar(node, out);
        return;
    }
    text_append(out, node->kind == NODE_MAPPING ? "{" : "[");
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (child->key != NULL) {
            quoted(child->key, out);
            text_append(out, ": ");
        }
        change_flow(child, out);
        text_append(out, "%s", child->next == NULL ? "" : ", ");
    }
    text_append(out, node->kind == NODE_MAPPING ? "}" : "]");
}

/* One name of a file, or a list of them; anything else goes as it is, and is told when it is read.
 */
static void file_names(const char *file, const struct node *names, struct text *out)
{
    const struct node *name = names->kind == NODE_SEQUENCE ? names->first : names;
    text_append(out, "[");
    for (; name != NULL; name = names->kind == NODE_SEQUENCE ? name->next : NULL) {
        bool word = name->kind == NODE_SCALAR && !node_is_null(name);
        char *path = word ? extend_path(file, name->text) : NULL;
        out->failed |= word && path == NULL;
        if (path == NULL)
            change_flow(name, out);
        else
            quoted(path, out);
        text_append(out, "%s", names->kind == NODE_SEQUENCE && name->next != NULL ? ", " : "");
        free(path);
    }
    text_append(out, "]");
}

void change_text(const char *file, const char *path, const struct node *value, struct text *out)
{
    text_append(out, "%s=", path);
    if (strcmp(path, CHANGE_EXTENDS) == 0)
        file_names(file, value, out);
    else
        change_flow(value, out);
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
    bool files = strcmp(path, CHANGE_EXTENDS) == 0;
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
