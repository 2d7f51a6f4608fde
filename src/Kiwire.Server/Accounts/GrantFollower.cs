using System.Data.Common;
using System.Threading.Channels;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Reads the grants before logins come, follows what other servers give and use up, and deletes what has expired. Bounded: where more
/// changes wait than may, all grants are read again.
/// </summary>
internal sealed partial class GrantFollower : BackgroundService, IHostedLifecycleService
{
    private const int MostChanges = 4096;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly GrantStore _store;
    private readonly GrantTable _table;
    private readonly TimeProvider _time;
    private readonly ILogger<GrantFollower> _logger;
    private readonly Channel<Change> _changes =
        Channel.CreateBounded<Change>(new BoundedChannelOptions(MostChanges) { SingleReader = true });

    private volatile bool _mustReadAll;

    public GrantFollower(GrantStore store, GrantTable table, ChangeFeed changes, TimeProvider time, ILogger<GrantFollower> logger)
    {
        _store = store;
        _table = table;
        _time = time;
        _logger = logger;
        changes.Subscribe(OnChange);
    }

    public async Task StartingAsync(CancellationToken cancellationToken) => _table.Replace(await _store.ListAsync(cancellationToken));

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), SweepAsync(stoppingToken));

    private void OnChange(Change change)
    {
        if (change.Kind == ChangeKind.Grant && !_changes.Writer.TryWrite(change))
        {
            _mustReadAll = true;
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (await _changes.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_changes.Reader.TryRead(out Change change))
            {
                while (!await TryTakeInAsync(change, stoppingToken))
                {
                    _mustReadAll = true;
                    await Task.Delay(RetryAfter, _time, stoppingToken);
                }
            }
        }
    }

    private async Task<bool> TryTakeInAsync(Change change, CancellationToken cancellationToken)
    {
        try
        {
            if (_mustReadAll || change.Id == 0)
            {
                _mustReadAll = false;
                _table.Replace(await _store.ListAsync(cancellationToken));
            }
            else if (await _store.FindAsync(change.TenantId, change.Id, cancellationToken) is { } grant)
            {
                _ = _table.TryAdd(grant);
            }
            else
            {
                _table.Remove(change.Id);
            }

            return true;
        }
        catch (DbException e)
        {
            LogReadFailed(e.Message);
            return false;
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(SweepInterval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                _table.Sweep(_time.GetUtcNow().ToUnixTimeMilliseconds());
                await _store.SweepAsync(stoppingToken);
            }
            catch (DbException e)
            {
                LogReadFailed(e.Message);
            }
        }
    }

    [LoggerMessage(404, LogLevel.Warning, "Grants cannot be read or swept yet; those that are known stay in force: {Reason}")]
    private partial void LogReadFailed(string reason);
}
