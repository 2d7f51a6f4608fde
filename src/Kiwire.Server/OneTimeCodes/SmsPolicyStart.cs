using System.Data.Common;
using System.Text.Json;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Reads the SMS policies before logins come, and again when another server has changed one.</summary>
internal sealed partial class SmsPolicyStart(SmsPolicyDirectory directory, ChangeFeed changes, TimeProvider time, ILogger<SmsPolicyStart> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _changed = new(changes, ChangeKind.SmsPolicy, ChangeKind.SmsTemplate);

    public Task StartingAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            while (!await TryLoadAsync(stoppingToken))
            {
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await directory.LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or JsonException)
        {
            LogLoadFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(830, LogLevel.Warning, "SMS policies have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    private partial void LogLoadFailed(string reason);
}
