using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Reads the SMS policies before logins come, and again when another server has changed one.</summary>
internal sealed partial class SmsPolicyStart(SmsPolicyDirectory directory, ChangeFeed changes, TimeProvider time, ILogger<SmsPolicyStart> logger)
    : ReloadedService(changes, time, ChangeKind.SmsPolicy, ChangeKind.SmsTemplate)
{
    protected override Task LoadAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);

    [LoggerMessage(830, LogLevel.Warning, "SMS policies have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    protected override partial void LogLoadFailed(string reason);
}
