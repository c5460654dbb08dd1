/* Reading a file whole. */
#include "base/file.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>

Test(read, a_read_takes_all_or_says_why_not)
{
    struct folder folder = folder_make();
    char *bytes = NULL;
    size_t length = 0;
    folder_write(&folder, "ten", "0123456789");
    cr_assert(file_read(folder_at(&folder, "ten"), 10, &bytes, &length));
    cr_expect_str_eq(bytes, "0123456789");
    cr_expect_eq(length, 10);
    free(bytes);
    cr_expect(!file_read(folder_at(&folder, "ten"), 9, &bytes, &length));
    cr_expect(bytes == NULL && errno == EFBIG);
    cr_expect(!file_read(folder_at(&folder, "none"), 9, &bytes, &length));
    cr_expect(errno == ENOENT);
    cr_expect(!file_read(folder.path, 9, &bytes, &length));
    cr_expect(errno == EISDIR);
    folder_remove(&folder);
}
