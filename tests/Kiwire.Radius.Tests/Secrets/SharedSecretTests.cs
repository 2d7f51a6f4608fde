using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class SharedSecretTests
{
    [Test]
    public void Refuses_to_be_empty()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new SharedSecret(string.Empty), Throws.ArgumentException);
            Assert.That(() => new SharedSecret([]), Throws.ArgumentException);
        }
    }

    [Test]
    public void Never_prints_itself()
    {
        Assert.That(new SharedSecret("testing123").ToString(), Does.Not.Contain("testing123"));
    }

    [Test]
    public void Knows_the_same_octets_from_others()
    {
        SharedSecret secret = new("testing123");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(secret.SameAs(new SharedSecret("testing123"u8)), Is.True);
            Assert.That(secret.SameAs(new SharedSecret("testing124")), Is.False);
            Assert.That(secret.SameAs(new SharedSecret("testing12")), Is.False);
            Assert.That(secret.SameAs(null), Is.False);
        }
    }
}
