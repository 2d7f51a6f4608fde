using System.Text;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

[Parallelizable(ParallelScope.All)]
public sealed class AccountNameTests
{
    [TestCase("Alice", "alice", TestName = "ASCII_is_folded")]
    [TestCase("user.NAME+1@Example.ORG", "user.name+1@example.org", TestName = "ASCII_punctuation_stays")]
    [TestCase("JOSÉ", "josé", TestName = "Accented_capitals_are_folded")]
    [TestCase("JOSE\u0301", "josé", TestName = "A_combining_accent_is_composed")]
    [TestCase("ΑΛΈΞΗΣ", "αλέξησ", TestName = "Greek_is_folded")]
    [TestCase("ЖЕНЯ", "женя", TestName = "Cyrillic_is_folded")]
    [TestCase("\u212Aate", "kate", TestName = "The_Kelvin_sign_is_a_k")]
    [TestCase("\u1112\u1161\u11AB", "한", TestName = "Hangul_letters_become_a_syllable")]
    [TestCase("q\u0307\u0323", "q\u0323\u0307", TestName = "Marks_are_ordered")]
    [TestCase("\u1E0B\u0323", "\u1E0D\u0307", TestName = "A_composed_letter_takes_the_lower_mark_first")]
    [TestCase("😀A", "😀a", TestName = "Characters_past_the_basic_plane_stay")]
    public void Names_with_one_key(string name, string key)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fold(Encoding.UTF8.GetBytes(name)), Is.EqualTo(Encoding.UTF8.GetBytes(key)));
            Assert.That(AccountName.KeyOf(name), Is.EqualTo(key));
        }
    }

    [Test]
    public void Octets_that_are_not_UTF8_are_compared_as_they_are() =>
        Assert.That(Fold([0x4A, 0xE9, 0x4A]), Is.EqualTo(new byte[] { 0x4A, 0xE9, 0x4A }));

    [Test]
    public void Folding_ASCII_and_accents_allocates_nothing()
    {
        byte[] ascii = "Alice"u8.ToArray();
        byte[] accents = Encoding.UTF8.GetBytes("JOSE\u0301");
        byte[] key = new byte[AccountName.MaxKeyOctets];
        AccountName.Fold(ascii, key);
        AccountName.Fold(accents, key);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            AccountName.Fold(ascii, key);
            AccountName.Fold(accents, key);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void The_longest_names_of_every_character_fit_their_key()
    {
        byte[] key = new byte[AccountName.MaxKeyOctets];
        for (int c = 1; c <= char.MaxValue; c++)
        {
            if (char.IsSurrogate((char)c))
            {
                continue;
            }

            int octets = Encoding.UTF8.GetByteCount([(char)c]);
            byte[] name = Encoding.UTF8.GetBytes(new string((char)c, AccountName.MaxOctets / octets));
            int length = AccountName.Fold(name, key);

            Assert.That(Encoding.UTF8.GetString(key, 0, length), Is.EqualTo(AccountName.KeyOf(Encoding.UTF8.GetString(name))), $"U+{c:X4}");
        }
    }

    [TestCase(new byte[] { }, false)]
    [TestCase(new byte[] { 0x41 }, true)]
    [TestCase(new byte[] { 0x41, 0x00 }, false)]
    [TestCase(new byte[] { 0x41, 0x7F }, false)]
    [TestCase(new byte[] { 0xC3, 0xA9 }, true)]
    [TestCase(new byte[] { 0xC3 }, false)]
    public void Names_that_no_account_can_have(byte[] name, bool possible) =>
        Assert.That(AccountName.IsPossible(name), Is.EqualTo(possible));

    private static byte[] Fold(byte[] name)
    {
        byte[] key = new byte[AccountName.MaxKeyOctets];
        return key[..AccountName.Fold(name, key)];
    }
}
