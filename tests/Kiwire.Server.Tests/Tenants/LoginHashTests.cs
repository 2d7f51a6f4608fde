using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Tenants;

/// <summary>kiwire-api.md, Login: code is the lower-case hex MD5 of username|password; the server keeps a slow salted hash of it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LoginHashTests
{
    // printf 'admin|demo-password' | md5sum
    private const string Code = "4e222242a4e48691926b85f59983d4d5";

    [Test]
    public void The_code_is_the_MD5_of_name_and_password() => Assert.That(LoginCode.Of("admin", "demo-password"), Is.EqualTo(Code));

    [Test]
    public void Verifies_the_code_it_was_made_of_and_no_other()
    {
        string stored = LoginHash.Create(Code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LoginHash.Verify(stored, Code), Is.True);
            Assert.That(LoginHash.Verify(stored, LoginCode.Of("admin", "demo-passwore")), Is.False);
            Assert.That(LoginHash.Verify(stored, ""), Is.False);
            Assert.That(stored, Does.StartWith("pbkdf2-sha256$210000$").And.Not.Contain(Code));
        }
    }

    [Test]
    public void Two_of_the_same_code_differ_by_their_salt()
    {
        string other = LoginHash.Create(Code);

        Assert.That(LoginHash.Create(Code), Is.Not.EqualTo(other));
    }

    [Test]
    public void What_was_made_with_other_parameters_still_verifies() =>
        // RFC 7914, 11: PBKDF2-HMAC-SHA-256 of "passwd" and "salt", 1 iteration; the first 32 of its 64 octets.
        Assert.That(LoginHash.Verify("pbkdf2-sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=", "passwd"), Is.True);

    [TestCase("")]
    [TestCase("pbkdf2-sha256$1$c2FsdA==")]
    [TestCase("pbkdf2-sha256$0$c2FsdA==$AAAA")]
    [TestCase("pbkdf2-sha256$99999999$c2FsdA==$AAAA")]
    [TestCase("pbkdf2-sha256$1$c2FsdA==$")]
    [TestCase("pbkdf2-sha256$1$not base64$AAAA")]
    [TestCase("md5$1$c2FsdA==$AAAA")]
    public void What_is_no_such_hash_verifies_nothing(string stored) => Assert.That(LoginHash.Verify(stored, "passwd"), Is.False);
}
