using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>Reads the portals' settings before guests come, and again when another server has changed some.</summary>
internal sealed partial class PortalStart(PortalSettingsDirectory directory, ChangeFeed changes, TimeProvider time, ILogger<PortalStart> logger)
    : ReloadedService(changes, time, ChangeKind.Portal)
{
    protected override Task LoadAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);

    [LoggerMessage(1301, LogLevel.Warning, "The portal's settings could not be read again, and those of before hold: {Reason}")]
    protected override partial void LogLoadFailed(string reason);
}
