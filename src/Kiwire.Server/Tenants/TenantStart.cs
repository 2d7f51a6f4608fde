using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>Credentials that the operator gave; null: generate them where needed.</summary>
internal sealed record GivenCredentials(FirstCredentials? Credentials);

/// <summary>Readies the tenants before other rooms start, and reads them again when one changes.</summary>
internal sealed partial class TenantStart(
    FirstStart firstStart,
    TenantDirectory directory,
    ChangeFeed changes,
    GivenCredentials given,
    TimeProvider time,
    ILogger<TenantStart> logger) : ReloadedService(changes, time, ChangeKind.Tenant)
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (given.Credentials is { } credentials)
        {
            await firstStart.UseAsync(credentials, cancellationToken);
        }
        else
        {
            await firstStart.RunAsync(cancellationToken);
        }

        await base.StartingAsync(cancellationToken);
    }

    protected override Task LoadAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);

    [LoggerMessage(301, LogLevel.Warning, "Tenants have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    protected override partial void LogLoadFailed(string reason);
}
