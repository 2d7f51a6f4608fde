using System.Text;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Portal;

namespace Kiwire.Server.Tests.Portal;

/// <summary>What hotspots take in a password's place. The values were computed with Python's hashlib, from the makers' descriptions.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class HotspotChapTests
{
    // The octets of a RouterOS login page: $(chap-id) and $(chap-challenge) are octal for scripts to read.
    private const string Identifier = @"\371";
    private const string Challenge = @"\357\315\330\001\134\033\057\000\377\176\012\074\055\101\142\047";

    // The example of CoovaChilli's redirection that YFi's explanation of UAM shows, with its uamsecret.
    private const string UamChallenge = "532b80e14b14505accd24c79e35004e6";

    [Test]
    public void MikroTiks_is_the_MD5_of_identifier_password_and_challenge()
    {
        Assert.That(HotspotChap.TryHttp(Identifier, Challenge, "secret", out string? proof), Is.True);
        Assert.That(proof, Is.EqualTo("d389ac2960fc983abc5bfd0eeb093558"));
    }

    [Test]
    public void MikroTiks_is_what_a_RADIUS_server_takes_for_CHAP()
    {
        _ = HotspotChap.TryHttp(Identifier, Challenge, "贵宾", out string? proof);
        _ = HotspotChap.TryReadOctets(Challenge, out byte[] challenge);

        Assert.That(ChapPassword.Verify([0xF9, .. Convert.FromHexString(proof!)], Encoding.UTF8.GetBytes("贵宾"), challenge), Is.True);
    }

    [TestCase("greatsecret", "5d8ba53f8a8d91c7bf5c4bc803de20cb")]
    [TestCase("", "cfd33056e1553490f39b226c6d8b4d63")]
    public void Uams_is_the_MD5_of_0_password_and_challenge_which_a_secret_changes(string secret, string expected)
    {
        Assert.That(HotspotChap.TryUam(UamChallenge, "wonderland", Encoding.UTF8.GetBytes(secret), out string? response), Is.True);
        Assert.That(response, Is.EqualTo(expected));
    }

    [TestCase("", Challenge)]
    [TestCase(@"\371\371", Challenge)]
    [TestCase(@"\37", Challenge)]
    [TestCase(@"\479", Challenge)]
    [TestCase("\u4E00", Challenge)]
    [TestCase(Identifier, "")]
    [TestCase(Identifier, @"\357\")]
    [TestCase(Identifier, @"\400")]
    public void MikroTiks_is_not_made_of_what_RouterOS_does_not_write(string identifier, string challenge) =>
        Assert.That(HotspotChap.TryHttp(identifier, challenge, "secret", out _), Is.False);

    [TestCase("")]
    [TestCase("532b80e14b14505accd24c79e35004")]
    [TestCase("532b80e14b14505accd24c79e35004e6e6")]
    [TestCase("532b80e14b14505accd24c79e35004zz")]
    public void Uams_is_not_made_of_what_is_no_challenge(string challenge) =>
        Assert.That(HotspotChap.TryUam(challenge, "secret", [], out _), Is.False);

    [Test]
    public void Printable_and_escaped_octets_are_read_as_they_are() =>
        Assert.That(HotspotChap.TryReadOctets(@"aZ\\\'\""\000\377", out byte[] octets) ? octets : [], Is.EqualTo((byte[])[(byte)'a', (byte)'Z', (byte)'\\', (byte)'\'', (byte)'"', 0, 255]));
}
