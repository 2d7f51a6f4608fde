using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kiwire.Server;

/// <summary>
/// Tells the service manager that the server is ready, alive and stopping (sd_notify(3), sd_watchdog_enabled(3)): units of Type=notify, with
/// WatchdogSec if wanted. Without systemd there is nobody to tell, and this does nothing.
/// </summary>
internal sealed partial class SystemdNotices(string? socketPath, TimeSpan? watchdog, TimeProvider time, ILogger<SystemdNotices> logger) : IHostedLifecycleService, IDisposable
{
    private ITimer? _timer;

    /// <summary>From what systemd says in the environment.</summary>
    public static SystemdNotices Create(IServiceProvider provider) => new(
        Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
        ReadWatchdog(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SystemdNotices>>());

    /// <summary>How long systemd waits for a sign of life; null: it does not, or not for one of this process.</summary>
    /// <param name="microseconds">WATCHDOG_USEC.</param>
    /// <param name="processId">WATCHDOG_PID; where it is not there, whichever process reads it is meant.</param>
    /// <param name="ownProcessId">This process.</param>
    public static TimeSpan? ReadWatchdog(string? microseconds, string? processId, int ownProcessId) =>
        (string.IsNullOrEmpty(processId) || processId == ownProcessId.ToString(CultureInfo.InvariantCulture))
        && long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value is > 0 and < (1L << 50)
            ? TimeSpan.FromMicroseconds(value)
            : null;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All rooms are up, and the listeners hear.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(socketPath))
        {
            return Task.CompletedTask;
        }

        Say("READY=1");
        if (watchdog is { } allowed)
        {
            // Twice as often as is asked for, as sd_watchdog_enabled(3) recommends. A pool without a free thread says nothing, and is restarted.
            _timer = time.CreateTimer(_ => Say("WATCHDOG=1"), null, allowed / 2, allowed / 2);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Say("STOPPING=1");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    private void Say(string state)
    {
        if (string.IsNullOrEmpty(socketPath))
        {
            return;
        }

        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name that begins with @ is one of Linux's abstract namespace, whose first octet is zero.
            _ = socket.SendTo(Encoding.ASCII.GetBytes(state), new UnixDomainSocketEndPoint(socketPath[0] == '@' ? '\0' + socketPath[1..] : socketPath));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            LogUnheard(state, e.Message);
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "systemd could not be told {State}: {Fault}")]
    private partial void LogUnheard(string state, string fault);
}
