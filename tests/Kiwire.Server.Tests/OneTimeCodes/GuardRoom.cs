using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>The guard on a database, as the host puts it together; codes are ordered and verified without anything being sent.</summary>
internal sealed class GuardRoom : IAsyncDisposable
{
    /// <summary>21:30 in Kuala Lumpur, where tenant 1 is.</summary>
    public static readonly DateTimeOffset Beginning = new(2026, 11, 22, 13, 30, 0, TimeSpan.Zero);

    private readonly TestDatabase _storage;
    private readonly CommitQueue _commits;
    private readonly IdSource _ids;
    private readonly bool _isFirst;

    private GuardRoom(TestDatabase storage, Database database, CommitQueue commits, IdSource ids, bool isFirst)
    {
        _storage = storage;
        _commits = commits;
        _ids = ids;
        _isFirst = isFirst;
        Database = database;
        Tenants = new TenantDirectory(new TenantStore(database, storage.Secrets, TimeProvider.System));
        Tenants.Replace([TenantOf(1), TenantOf(2)]);
        Guard = new CodeGuard(Tenants, ids, Log);
        Decisions = new GuardDecisionStore(database);
        Store = new GuardStore(database);
    }

    public Database Database { get; }

    public CommitQueue Commits => _commits;

    public IdSource Ids => _ids;

    public TenantDirectory Tenants { get; }

    public CodeGuard Guard { get; }

    public GuardDecisionStore Decisions { get; }

    public GuardStore Store { get; }

    public ListLogger<CodeGuard> Log { get; } = new();

    /// <summary>Tenant 1's.</summary>
    public SmsPolicy Policy { get; set; } = new() { TenantId = 1 };

    public DateTimeOffset Now { get; set; } = Beginning;

    public static async Task<GuardRoom> CreateAsync(StorageProvider provider)
    {
        TestDatabase storage = await TestDatabase.CreateAsync(provider);
        return new GuardRoom(storage, storage.Database, storage.Commits, storage.Ids, isFirst: true);
    }

    /// <summary>Another server on the same database.</summary>
    public async Task<GuardRoom> OpenSecondAsync()
    {
        Database database = _storage.OpenSecond();
        IdSource ids = new(TimeProvider.System);
        ids.UseServer(await ServerNumber.ClaimAsync(database, default));
        CommitQueue commits = new(database, ids, TimeProvider.System, TestJournal.Metrics(), _storage.Lifetime, NullLogger<CommitQueue>.Instance);
        await commits.StartingAsync(default);
        return new GuardRoom(_storage, database, commits, ids, isFirst: false) { Policy = Policy, Now = Now };
    }

    /// <summary>Orders a code; what is not refused is sent.</summary>
    /// <param name="phone">To whom.</param>
    /// <param name="address">Null: by RADIUS.</param>
    /// <param name="device">The guest's.</param>
    /// <param name="segments">Of the message.</param>
    public Task<Ordered> OrderAsync(string phone, string? address = "203.0.113.7", MacAddress device = default, int segments = 1) =>
        OrderAsync(QuestionOf(phone, address, device, segments));

    public Task<Ordered> OrderAsync(GuardQuestion question) =>
        _commits.EnqueueInTurnAsync(
            async unit =>
            {
                GuardVerdict verdict = await Guard.JudgeAsync(unit, question);
                long codeId = _ids.Next();
                if (verdict is GuardVerdict.Passed)
                {
                    await Guard.SentAsync(unit, question, codeId);
                }

                return new Ordered(codeId, verdict as GuardVerdict.Refused);
            },
            default);

    public Task VerifyAsync(Ordered ordered, long tenantId = 1) => _commits.EnqueueInTurnAsync(
        async unit =>
        {
            await Guard.VerifiedAsync(unit, tenantId, ordered.CodeId, Now.ToUnixTimeMilliseconds());
            return true;
        },
        default);

    /// <summary>A guest who gets a code and gives it.</summary>
    public async Task SignUpAsync(string phone, string? address = "203.0.113.7")
    {
        Ordered ordered = await OrderAsync(phone, address);
        Assert.That(ordered.Refused, Is.Null, ordered.Refused?.ToString());
        await VerifyAsync(ordered);
    }

    public Task<IReadOnlyList<GuardDecision>> ListAsync() => Decisions.ListAsync(1, new GuardDecisionFilter(), long.MaxValue, 1000, default);

    public Task<bool> LiftAsync(GuardDecision stop, long tenantId = 1) =>
        _commits.EnqueueAsync(unit => Guard.LiftAsync(unit, tenantId, stop.DecisionId, Now.ToUnixTimeMilliseconds()), default);

    /// <summary>The n-th of as many numbers as there may be.</summary>
    public static string Number(int n, string code = "+6012") => $"{code}{3_000_000 + n}";

    public GuardQuestion QuestionOf(string phone, string? address, MacAddress device = default, int segments = 1) => new()
    {
        Policy = Policy,
        Phone = SmsSamples.Phone(phone),
        PhoneHash = "hash of " + phone,
        Address = address is null ? null : IPAddress.Parse(address),
        Device = device,
        Segments = segments,
        Now = Now.ToUnixTimeMilliseconds(),
    };

    public async ValueTask DisposeAsync()
    {
        if (_isFirst)
        {
            await _storage.DisposeAsync();
            return;
        }

        await _commits.StoppedAsync(default);
        _commits.Dispose();
    }

    private static Tenant TenantOf(long tenantId) => new()
    {
        TenantId = tenantId,
        CloudId = $"t{tenantId}",
        Name = $"Tenant {tenantId}",
        Active = true,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur"),
        Policy = new TenantPolicy(),
    };
}

/// <summary>A code that was asked for.</summary>
/// <param name="CodeId">Its name.</param>
/// <param name="Refused">Null: it was sent.</param>
internal sealed record Ordered(long CodeId, GuardVerdict.Refused? Refused)
{
    public GuardCause? Cause => Refused?.Cause;
}
