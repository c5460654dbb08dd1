/* Digests: the published values of XXH64, and a file's. */
#include "base/digest.h"

#include "store/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Made with libxxhash 0.8.1, which xxhsum -H1 asks too. */
Test(digest, is_xxh64)
{
    static const struct {
        const char *text;
        uint64_t digest;
    } cases[] = {
        {"", UINT64_C(0xef46db3751d8e999)},
        {"a", UINT64_C(0xd24ec4f1a98c6e5b)},
        {"abc", UINT64_C(0x44bc2cf5ad770999)},
        {"0123456789", UINT64_C(0x3f5fc178a81867e7)},
    };
    unsigned char bytes[101];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(digest_bytes(cases[i].text, strlen(cases[i].text)), cases[i].digest, "%s",
                     cases[i].text);
    cr_expect_eq(digest_bytes(bytes, 32), UINT64_C(0xcbf59c5116ff32b4));
    cr_expect_eq(digest_bytes(bytes, 101), UINT64_C(0xe99038495f85381e));
}

Test(digest, of_a_file_is_that_of_its_bytes)
{
    struct folder folder = folder_make();
    uint64_t digest = 0;
    folder_write(&folder, "some", "0123456789");
    folder_write(&folder, "none", "");
    cr_expect(digest_file(folder_at(&folder, "some"), &digest));
    cr_expect_eq(digest, UINT64_C(0x3f5fc178a81867e7));
    cr_expect(digest_file(folder_at(&folder, "none"), &digest));
    cr_expect_eq(digest, UINT64_C(0xef46db3751d8e999));
    cr_expect(!digest_file(folder_at(&folder, "gone"), &digest));
    cr_expect(!digest_file(folder.path, &digest), "a folder has no bytes");
    folder_remove(&folder);
}

Test(digest, text_reads_back)
{
    char text[DIGEST_TEXT_BYTES];
    uint64_t digest = 0;
    cr_expect_str_eq(digest_text(text, UINT64_C(0x00f0000000000a01)), "00f0000000000a01");
    cr_expect(digest_read(text, &digest));
    cr_expect_eq(digest, UINT64_C(0x00f0000000000a01));
    static const char *const bad[] = {"", "00f0000000000a0", "00f0000000000a011",
                                      "00f0000000000A01", "-0f0000000000a01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect(!digest_read(bad[i], &digest), "%s", bad[i]);
}
