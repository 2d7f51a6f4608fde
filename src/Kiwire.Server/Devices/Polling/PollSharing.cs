using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Finds out which devices this server polls, and takes them for it in the database, so that of several servers one polls each. SQLite has one
/// server, which polls all.
/// </summary>
internal sealed partial class PollSharing(
    DeviceRoster roster, PollStore store, CommitQueue commits, Database database, TenantDirectory tenants, TimeProvider time, ILogger<PollSharing> logger)
{
    /// <summary>A server that is gone is missed after half a minute; its devices are polled by others then.</summary>
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The most devices that are taken in a transaction: other writers wait for it.</summary>
    private const int MostClaims = 250;

    private readonly Dictionary<(long TenantId, long DeviceId), PolledDevice> _own = [];
    private readonly Channel<PollDuty> _duties = Channel.CreateBounded<PollDuty>(4096);
    private readonly Channel<PolledDevice> _lost = Channel.CreateBounded<PolledDevice>(new BoundedChannelOptions(65_536) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly bool _isShared = database.Provider != StorageProvider.Sqlite;

    /// <summary>What has changed about the devices to poll, oldest first.</summary>
    public bool TryTake([MaybeNullWhen(false)] out PollDuty duty) => _duties.Reader.TryRead(out duty);

    /// <summary>A write showed that a device is not this server's.</summary>
    public void Lose(PolledDevice device) => _ = _lost.Writer.TryWrite(device);

    /// <summary>Looks after it until told to stop.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        long? beatAt = null;
        IReadOnlyList<string> alive = [database.ServerId];
        while (true)
        {
            try
            {
                bool isChanged = await roster.RefreshAsync(stoppingToken);

                // By what passes, and not by the date: a clock that is set back must not make this server look dead.
                bool isTime = beatAt is not { } last || time.GetElapsedTime(last) >= BeatEvery;
                if (isTime && _isShared)
                {
                    alive = await commits.EnqueueAsync(store.BeatAsync, stoppingToken);
                }

                if (isTime || isChanged)
                {
                    beatAt = time.GetTimestamp();
                    await ShareAsync(alive, stoppingToken);
                }
            }
            catch (DbException e)
            {
                LogAway(logger, e.Message);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <summary>Gives all devices back, for others to poll.</summary>
    public async Task LeaveAsync()
    {
        if (!_isShared)
        {
            return;
        }

        try
        {
            await commits.EnqueueAsync(
                async unit =>
                {
                    await store.LeaveAsync(unit);
                    foreach ((long tenantId, long deviceId) in _own.Keys)
                    {
                        await store.ReleaseAsync(unit, tenantId, deviceId);
                    }
                },
                CancellationToken.None);
        }
        catch (DbException e)
        {
            // They find out by themselves, a little later.
            LogAway(logger, e.Message);
        }
    }

    /// <summary>Takes what is this server's of those that are alive, and gives back what is not.</summary>
    internal async Task ShareAsync(IReadOnlyList<string> alive, CancellationToken stoppingToken)
    {
        while (_lost.Reader.TryRead(out PolledDevice? lost))
        {
            if (_own.TryGetValue((lost.TenantId, lost.DeviceId), out PolledDevice? own) && own == lost)
            {
                await GiveUpAsync(lost, stoppingToken);
            }
        }

        PollOwnership ownership = new(alive, database.ServerId);
        foreach (((long, long) key, PolledDevice device) in _own.ToArray())
        {
            if (!roster.Devices.TryGetValue(key, out DeviceAccess? access) || !IsWanted(access, ownership))
            {
                // First in the database: a device that is only forgotten here stays this server's for all others, and nobody polls it.
                await commits.EnqueueAsync(unit => store.ReleaseAsync(unit, device.TenantId, device.DeviceId), stoppingToken);
                await GiveUpAsync(device, stoppingToken);
            }
            else if (access.Version != device.KnownVersion)
            {
                device.KnownVersion = access.Version;
                await _duties.Writer.WriteAsync(new PollDuty(device, Access: access), stoppingToken);
            }
        }

        DeviceAccess[] missing = [.. roster.Devices.Values.Where(access => !_own.ContainsKey((access.TenantId, access.DeviceId)) && IsWanted(access, ownership))];
        foreach (DeviceAccess[] some in missing.Chunk(MostClaims))
        {
            await ClaimAsync(some, alive, stoppingToken);
        }
    }

    private async Task ClaimAsync(DeviceAccess[] wanted, IReadOnlyList<string> alive, CancellationToken stoppingToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        StoredDevice?[] claimed = await commits.EnqueueAsync(
            async unit =>
            {
                StoredDevice?[] taken = new StoredDevice?[wanted.Length];
                for (int i = 0; i < taken.Length; i++)
                {
                    taken[i] = await store.ClaimAsync(unit, wanted[i].TenantId, wanted[i].DeviceId, alive, now);
                }

                return taken;
            },
            stoppingToken);
        for (int i = 0; i < claimed.Length; i++)
        {
            if (claimed[i] is not { } stored)
            {
                continue;
            }

            PolledDevice device = new(wanted[i]) { KnownVersion = wanted[i].Version };
            device.Resume(stored.Condition, stored.Block, stored.Texts, SeriesCatalog.FromJson(stored.Series));
            _own[(device.TenantId, device.DeviceId)] = device;
            await _duties.Writer.WriteAsync(new PollDuty(device), stoppingToken);
        }
    }

    private async Task GiveUpAsync(PolledDevice device, CancellationToken stoppingToken)
    {
        _ = _own.Remove((device.TenantId, device.DeviceId));
        await _duties.Writer.WriteAsync(new PollDuty(device, IsReleased: true), stoppingToken);
    }

    private bool IsWanted(DeviceAccess access, PollOwnership ownership) =>
        tenants.TryGet(access.TenantId, out Tenant? tenant) && tenant.Active && ownership.IsOwn(access.DeviceId);

    [LoggerMessage(1230, LogLevel.Warning, "It cannot be found out at the moment which devices to poll, the database is away: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}

/// <summary>What has changed about a device to poll: it is this server's now, or no longer, or an operator changed it.</summary>
/// <param name="Device">Which.</param>
/// <param name="Access">How it is to be asked from now on; null: as it was.</param>
/// <param name="IsReleased">It is no longer this server's.</param>
internal sealed record PollDuty(PolledDevice Device, DeviceAccess? Access = null, bool IsReleased = false);
