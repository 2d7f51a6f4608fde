using System.Net.Sockets;
using System.Text;
using Kiwire.Server.Tests.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests;

/// <summary>What systemd hears, by a socket of its kind.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SystemdNoticesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kiwire-notify-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [TestCase(false)]
    [TestCase(true)]
    public async Task It_hears_that_the_server_is_ready_alive_and_stopping(bool isAbstract)
    {
        string path = isAbstract ? "@kiwire-" + Guid.NewGuid().ToString("N") : Path.Combine(_directory, "notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + path[1..] : path));
        HandMovedClock clock = new();
        using SystemdNotices notices = new(path, TimeSpan.FromSeconds(30), clock, NullLogger<SystemdNotices>.Instance);

        await notices.StartedAsync(default);
        clock.Advance(TimeSpan.FromSeconds(15));
        await notices.StoppingAsync(default);

        Assert.That(new[] { Hear(systemd), Hear(systemd), Hear(systemd) }, Is.EqualTo(new[] { "READY=1", "WATCHDOG=1", "STOPPING=1" }));
    }

    [Test]
    public async Task A_socket_that_nobody_listens_at_stops_nothing()
    {
        using SystemdNotices notices = new(Path.Combine(_directory, "nobody"), null, new HandMovedClock(), NullLogger<SystemdNotices>.Instance);

        await notices.StartedAsync(default);

        Assert.That(() => notices.StoppingAsync(default), Throws.Nothing);
    }

    [TestCase("30000000", null, 30.0)]
    [TestCase("30000000", "", 30.0)]
    [TestCase("30000000", "7", 30.0)]
    [TestCase("30000000", "8", null)]
    [TestCase(null, "7", null)]
    [TestCase("0", "7", null)]
    [TestCase("-1", "7", null)]
    [TestCase("soon", "7", null)]
    [TestCase("99999999999999999999", "7", null)]
    public void The_watchdog_is_as_the_environment_says_for_this_process(string? microseconds, string? processId, double? seconds) =>
        Assert.That(SystemdNotices.ReadWatchdog(microseconds, processId, ownProcessId: 7)?.TotalSeconds, Is.EqualTo(seconds));

    private static string Hear(Socket systemd)
    {
        byte[] octets = new byte[64];
        return Encoding.ASCII.GetString(octets, 0, systemd.Receive(octets));
    }
}
