using System.Text;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>What an authenticator with a secret shows.</summary>
internal static class Codes
{
    /// <summary>Of a counter or time step.</summary>
    public static string Of(string secret, long factor, OneTimePasswordAlgorithm algorithm = OneTimePasswordAlgorithm.Sha1, int digits = 6)
    {
        Assert.That(Base32.TryRead(secret, out byte[]? octets), Is.True);
        Span<byte> code = stackalloc byte[digits];
        OneTimePassword.Write(octets, factor, algorithm, code);
        return Encoding.ASCII.GetString(code);
    }

    /// <summary>Of a moment; the system's where none is given.</summary>
    public static string Now(string secret, int period = 30, OneTimePasswordAlgorithm algorithm = OneTimePasswordAlgorithm.Sha1, int digits = 6, TimeProvider? clock = null) =>
        Of(secret, OneTimePassword.StepOf((clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds(), period), algorithm, digits);
}
