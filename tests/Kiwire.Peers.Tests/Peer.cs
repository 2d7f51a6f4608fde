namespace Kiwire.Peers.Tests;

/// <summary>A third-party program that a test talks to.</summary>
internal static class Peer
{
    /// <summary>
    /// The program's path. Where it is missing, the test is left out and says what to install; with KIWIRE_REQUIRE_PEERS=1 it fails.
    /// </summary>
    public static string Require(string program, string package)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        Missing($"{program} is not installed (Debian package {package})");
        return "";
    }

    /// <summary>Ends the test as <see cref="Require"/> does.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("KIWIRE_REQUIRE_PEERS") == "1")
        {
            Assert.Fail(what);
        }

        Assert.Ignore(what);
    }
}
