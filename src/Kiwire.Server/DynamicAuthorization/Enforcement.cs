using System.Collections.Concurrent;
using System.Data.Common;
using Kiwire.Server.Accounts;
using Kiwire.Server.Authentication;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Ends the sessions of who may be in no longer, and gives others their new rates, without anybody asking (dynamic-authorization.md,
/// Enforcement): each thing once, by one of the servers on a database. A NAS that refuses or does not answer is asked again when there is
/// news of the session.
/// </summary>
internal sealed partial class Enforcement(
    EnforcementWatch watch,
    EnforcementClaims claims,
    SessionRights rights,
    SessionControl control,
    SessionStore sessions,
    LiveSessions live,
    LostSessions lost,
    AccountDirectory accounts,
    TenantDirectory tenants,
    AccountingJournal journal,
    DynamicAuthorizationMetrics metrics,
    TimeProvider time,
    ILogger<Enforcement> logger) : BackgroundService
{
    // Looks at the database at one time, and requests under way; whoever comes then waits, and behind him the watch's queue.
    private const int MostLooks = 32;
    private const int MostRequests = 16_384;
    private const int Page = 500;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceForApplier = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _looks = new(MostLooks);
    private readonly SemaphoreSlim _requests = new(MostRequests);
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();

    /// <summary>Requests that are under way end with their sender, which stops before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_underWay.Keys).WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _looks.Dispose();
        _requests.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), TickAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await foreach (EnforcementSignal signal in watch.Signals.ReadAllAsync(stoppingToken))
        {
            await _looks.WaitAsync(stoppingToken);
            Own(LookAsync(signal, stoppingToken));
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TickInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            watch.Tick(Now);
            try
            {
                await claims.SweepAsync(stoppingToken);
            }
            catch (DbException e)
            {
                LogFailed(e.Message);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task LookAsync(EnforcementSignal signal, CancellationToken stoppingToken)
    {
        try
        {
            // Off the thread that reads the queue: SQLite reads where it is asked.
            await Task.Yield();
            await LookOnceAsync(signal, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
        catch (DbException e)
        {
            // The clock comes to it again.
            LogFailed(e.Message);
        }
        finally
        {
            _looks.Release();
        }
    }

    private async Task LookOnceAsync(EnforcementSignal signal, CancellationToken stoppingToken)
    {
        if (!tenants.TryGet(signal.TenantId, out Tenant? tenant))
        {
            return;
        }

        AccountEntry? account = await accounts.LoadByIdAsync(signal.TenantId, signal.AccountId, stoppingToken);
        AdmissionDecision decision = account is null ? default : rights.Decide(account, tenant, Now, signal.UnheardSeconds);
        CoaReason? ending = account is null ? CoaReason.Deleted : SessionRights.EndingOf(decision);
        IReadOnlyList<long> displaced = account?.Presence.DisplacedSessions() ?? [];
        foreach (SessionInfo session in await ReadOpenAsync(signal, stoppingToken))
        {
            byte[] key = SessionKey.Of(signal.TenantId, session.NasId, session.AcctSessionId, session.ClientKey);
            if ((displaced.Contains(session.SessionId) ? CoaReason.Displaced : ending) is { } reason)
            {
                await EndAsync(signal.TenantId, session, reason, stoppingToken);
            }
            else if (account?.Profile is { } profile && live.FindOpen(key, session.SessionId)?.Granted is { } granted && !ReferenceEquals(granted, profile))
            {
                if (SessionRights.HasOtherRates(granted, profile))
                {
                    await ChangeAsync(signal.TenantId, session, key, profile, SessionRights.GrantOf(profile, tenant, decision), stoppingToken);
                }
            }
        }
    }

    /// <summary>The account's open sessions, and the one among them that was told of, once the database has it.</summary>
    private async Task<IReadOnlyList<SessionInfo>> ReadOpenAsync(EnforcementSignal signal, CancellationToken stoppingToken)
    {
        IReadOnlyList<SessionInfo> open = await ReadAllOpenAsync(signal, stoppingToken);
        if (signal.SessionId == 0 || open.Any(session => session.SessionId == signal.SessionId))
        {
            return open;
        }

        try
        {
            await journal.FlushAsync().WaitAsync(PatienceForApplier, time, stoppingToken);
            await journal.WaitAppliedAsync(journal.DurableSequence, stoppingToken).WaitAsync(PatienceForApplier, time, stoppingToken);
        }
        catch (TimeoutException)
        {
            // The applier is far behind, or the database is away: the clock comes to it again.
        }

        open = await ReadAllOpenAsync(signal, stoppingToken);
        if (open.All(session => session.SessionId != signal.SessionId)
            && await sessions.FindAsync(signal.TenantId, signal.SessionId, stoppingToken) is { EndedAt: null, AccountId: null } orphan)
        {
            // Its account was deleted before its first record was applied.
            open = [.. open, orphan];
        }

        return open;
    }

    private async Task<IReadOnlyList<SessionInfo>> ReadAllOpenAsync(EnforcementSignal signal, CancellationToken stoppingToken)
    {
        List<SessionInfo> open = [];
        while (true)
        {
            IReadOnlyList<SessionInfo> page = await sessions.ListAsync(
                new SessionQuery { TenantId = signal.TenantId, AccountId = signal.AccountId, OpenOnly = true, Start = open.Count, Limit = Page }, stoppingToken);
            open.AddRange(page);
            if (page.Count < Page || open.Count >= AccountPresence.MaximumPlaces)
            {
                return open;
            }
        }
    }

    private async Task EndAsync(long tenantId, SessionInfo session, CoaReason reason, CancellationToken stoppingToken)
    {
        EnforcementClaim claim = new(tenantId, session.SessionId, EnforcementKind.End, reason.Word, lost.LastNewsOf(tenantId, session));
        if (await claims.TryTakeAsync(claim, stoppingToken))
        {
            await AskAsync(claim, () => control.DisconnectAsync(tenantId, session, reason), answer => answer.IsSuccess, stoppingToken);
        }
    }

    private async Task ChangeAsync(
        long tenantId, SessionInfo session, byte[] key, Profile profile, SessionGrant grant, CancellationToken stoppingToken)
    {
        EnforcementClaim claim = new(
            tenantId, session.SessionId, EnforcementKind.Change, SessionRights.NameRates(profile), lost.LastNewsOf(tenantId, session));
        if (!await claims.TryTakeAsync(claim, stoppingToken))
        {
            return;
        }

        await AskAsync(
            claim,
            () => control.ChangeLimitsAsync(tenantId, session, grant, CoaReason.Profile),
            answer =>
            {
                // Equipment that cannot be told need not be asked again: the next login has them.
                bool settled = answer.IsSuccess || answer.Outcome is CoaOutcome.NotSent;
                if (settled)
                {
                    live.SetGranted(key, profile);
                }

                return settled;
            },
            stoppingToken);
    }

    /// <summary>Asks the NAS, without waiting for what it says.</summary>
    private async Task AskAsync(EnforcementClaim claim, Func<Task<SessionAnswer>> ask, Func<SessionAnswer, bool> isDone, CancellationToken stoppingToken)
    {
        try
        {
            await _requests.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await claims.SetAsync(claim, EnforcementState.Failed, CancellationToken.None);
            throw;
        }

        Own(AnswerAsync(claim, ask(), isDone));
    }

    private async Task AnswerAsync(EnforcementClaim claim, Task<SessionAnswer> asked, Func<SessionAnswer, bool> isDone)
    {
        try
        {
            EnforcementState state = EnforcementState.Failed;
            try
            {
                SessionAnswer answer = await asked;
                state = isDone(answer) ? EnforcementState.Done : EnforcementState.Failed;
            }
            finally
            {
                metrics.Enforced(claim.Kind, claim.Kind == EnforcementKind.End ? claim.What : CoaReason.Profile.Word, state == EnforcementState.Done);
                await claims.SetAsync(claim, state, CancellationToken.None);
            }
        }
        catch (DbException e)
        {
            LogFailed(e.Message);
        }
        finally
        {
            _requests.Release();
        }
    }

    /// <summary>Keeps a task until it ends; what goes wrong in it that nobody foresaw is said, and the loop goes on.</summary>
    private void Own(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        _underWay.TryAdd(task, true);
        _ = task.ContinueWith(
            ended =>
            {
                _underWay.TryRemove(ended, out _);
                if (ended.Exception?.GetBaseException() is { } fault)
                {
                    LogFault(fault);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    [LoggerMessage(710, LogLevel.Warning, "Sessions cannot be looked at or ended yet; it is tried again: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(711, LogLevel.Error, "A session could not be ended or changed")]
    private partial void LogFault(Exception fault);
}
