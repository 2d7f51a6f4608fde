using System.Text.RegularExpressions;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Sms;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>The room of one-time codes on a database, with a clock that is moved by hand and a policy that sends to nobody.</summary>
internal sealed partial class CodesRoom : IAsyncDisposable
{
    public const long Tenant = AccountsRoom.Tenant;

    private readonly SmsPolicyDirectory _policies;
    private readonly SmsOptions _options;

    private CodesRoom(AccountsRoom accounts, HandMovedClock clock, SmsOptions options)
    {
        Accounts = accounts;
        Clock = clock;
        _options = options;
        OneTimeCodesMetrics metrics = new(accounts.Meters);
        Secrets = new CodeSecrets(accounts.Storage.Secrets);
        Codes = new CodeStore(accounts.Storage.Database);
        Outbox = new SmsOutbox(
            new SmsOutboxStore(accounts.Storage.Database), accounts.Storage.Secrets, accounts.Storage.Database, accounts.Storage.Commits, accounts.Storage.Ids,
            clock, Options.Create(options), SmsSamples.Metrics());
        _policies = new SmsPolicyDirectory(new SmsPolicyStore(accounts.Storage.Database), new SmsTemplateStore(accounts.Storage.Database));
        CodeGuard guard = new(accounts.Tenants, accounts.Storage.Ids, NullLogger<CodeGuard>.Instance);
        Requests = new CodeRequests(
            _policies, guard, Secrets, new CodeText(accounts.ProfileDirectory, accounts.Tenants), Outbox, accounts.Directory, accounts.Storage.Commits, accounts.Storage.Ids,
            clock, metrics);
        Verification = new CodeVerification(
            _policies, guard, Secrets, Codes, accounts.Store, accounts.Zones, accounts.Storage.Commits, clock, metrics);
    }

    public AccountsRoom Accounts { get; }

    public HandMovedClock Clock { get; }

    public CodeSecrets Secrets { get; }

    public CodeStore Codes { get; }

    public SmsOutbox Outbox { get; }

    public CodeRequests Requests { get; }

    public CodeVerification Verification { get; }

    public static PhoneNumber Guest => SmsSamples.Phone("+60123456789");

    public static async Task<CodesRoom> CreateAsync(StorageProvider provider, SmsPolicy? policy = null, SmsOptions? options = null)
    {
        HandMovedClock clock = new();
        CodesRoom room = new(await AccountsRoom.CreateAsync(provider, clock), clock, options ?? SmsSamples.Loopback);
        await room.UseAsync(policy ?? new SmsPolicy());
        return room;
    }

    /// <summary>Makes it the tenant's, enabled, with the tenant's temporary profile.</summary>
    public async Task UseAsync(SmsPolicy policy)
    {
        Assert.That(Accounts.ProfileDirectory.TryGetByName(Tenant, ProfileStore.TemporaryName, out Profile? profile), Is.True);
        await Accounts.Storage.Commits.EnqueueAsync(
            unit => SmsPolicyStore.SaveAsync(unit, policy with { TenantId = Tenant, Enabled = true, ConnectorId = 1, ProfileId = profile!.ProfileId }), default);
        await _policies.LoadAsync(default);
    }

    public Task<CodeAnswer> AskAsync(string phone = "+60123456789", string language = "") => Requests.RequestAsync(
        new CodeRequest { TenantId = Tenant, Phone = SmsSamples.Phone(phone), Language = language }, default);

    public Task<CodeVerdict> TryAsync(string code, string? password = null, string phone = "+60123456789") =>
        Verification.VerifyAsync(Tenant, SmsSamples.Phone(phone), code, password, default(MacAddress), default);

    /// <summary>The messages that wait, claimed as a sender does.</summary>
    public Task<IReadOnlyList<SmsClaim>> TakeMessagesAsync() => Outbox.ClaimAsync(1000, TimeSpan.FromMinutes(1), default);

    /// <summary>The code in the one message that waits.</summary>
    public async Task<string> TakeCodeAsync() => CodeIn().Match((await TakeMessagesAsync()).Single().Text).Value;

    /// <summary>Another one than the right one.</summary>
    public static string WrongFor(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    public ValueTask DisposeAsync()
    {
        _policies.Dispose();
        return Accounts.DisposeAsync();
    }

    [GeneratedRegex(@"(?<=code is )\S+?(?=\.)|(?<=password )\S+?(?=\.)")]
    private static partial Regex CodeIn();
}
