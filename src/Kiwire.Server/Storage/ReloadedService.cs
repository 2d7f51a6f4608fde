using System.Data.Common;
using System.Text.Json;

namespace Kiwire.Server.Storage;

/// <summary>
/// What a room keeps in memory of the database: read before other rooms start, and again whenever something of these kinds has changed, on
/// whichever server. Where it cannot be read again, what was known stays in force, and it is tried every 5 s.
/// </summary>
/// <param name="changes">Who tells of changes.</param>
/// <param name="time">The clock.</param>
/// <param name="kinds">Of what: <see cref="ChangeKind"/>.</param>
internal abstract class ReloadedService(ChangeFeed changes, TimeProvider time, params string[] kinds) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _changed = new(changes, kinds);

    /// <summary>The first time: what fails here fails the start.</summary>
    public virtual Task StartingAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads all of it, or leaves what is known as it is.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    /// <exception cref="InvalidDataException">A row cannot be understood.</exception>
    /// <exception cref="JsonException">A row cannot be understood.</exception>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Says that it could not be read again.</summary>
    protected abstract void LogLoadFailed(string reason);

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
            await LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidDataException or JsonException)
        {
            LogLoadFailed(e.Message);
            return false;
        }
    }
}
