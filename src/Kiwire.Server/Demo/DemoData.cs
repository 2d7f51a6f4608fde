using System.Globalization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Devices;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Demo;

/// <summary>Makes the demo's NAS, zone, profiles, accounts, voucher, device, SMS connector and SMS policy, as far as they are not there.</summary>
internal sealed class DemoData(NasRegister nas, ZoneRegister zones, ProfileStore profiles, AccountStore accounts, DeviceRegister devices, SmsConnectorRegister connectors, SmsPolicyDirectory policies, SmsPolicyRegister policyRegister)
{
    public const string Secret = "testing123";
    public const string Voucher = "V_DEMO2345";

    private const long Tenant = TenantDirectory.DefaultTenantId;

    /// <exception cref="InvalidOperationException">Something of it was refused: a bug.</exception>
    public async Task CreateAsync(int users, CancellationToken cancellationToken)
    {
        await AddNasAsync("demo-nas", "127.0.0.1", "generic", cancellationToken);
        await AddNasAsync("demo-nas-ipv6", "::1", "generic", cancellationToken);
        await AddNasAsync("lobby-ap", "127.0.0.2", "hostapd", cancellationToken);
        Accept(await zones.CreateAsync(Tenant, "lobby", [new ZoneMember(ZoneMemberKind.NasIdentity, "lobby-ap")], cancellationToken));

        Accept(await profiles.CreateAsync(
            Tenant,
            new ProfileSettings { Name = "gold", Type = "Free", DownKbps = 10240, UpKbps = 2048, IdleMinutes = 10, Simultaneous = 3 },
            cancellationToken));
        Accept(await profiles.CreateAsync(
            Tenant,
            new ProfileSettings { Name = "hour", Type = "Countdown", Minutes = 60, VolumeLimited = true, VolumeGigabytes = 1, Simultaneous = 1 },
            cancellationToken));

        await AddUserAsync(new AccountSettings { Username = "alice", Password = "wonderland", Profile = "gold" }, cancellationToken);
        await AddUserAsync(new AccountSettings { Username = "bob", Password = "builder", Profile = "hour", AllowNas = "lobby" }, cancellationToken);
        await AddUserAsync(new AccountSettings { Username = "carol", Password = "carol", Profile = "gold", Status = AccountSettings.SuspendedStatus }, cancellationToken);
        await AddUserAsync(new AccountSettings { Username = "dave", Password = "dave", Profile = "gold", Expiry = "2020-12-31" }, cancellationToken);
        await AddUserAsync(new AccountSettings { Username = "otto", Password = "pin-1", Profile = "gold", Phone = "+60123456789" }, cancellationToken);

        string never = DateTimeOffset.UtcNow.AddYears(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Accept(await accounts.CreateVoucherAsync(
            Tenant, Voucher, new VoucherOrder { Profile = ProfileStore.TemporaryName, Expiry = never, Remark = "demo" }, cancellationToken));

        Accept(await devices.CreateAsync(
            Tenant, new DeviceSettings { Identity = "demo-agent", Address = "127.0.0.1:1161", SnmpVersion = 2, Community = "public", Location = "demo" }, cancellationToken));

        Accept(await connectors.CreateAsync(
            Tenant,
            new SmsConnectorRequest
            {
                Name = "demo",
                Provider = SmsProvider.Generic,
                Method = "POST",
                Uri = $"https://{DemoGateway.HostName}/",
                PhoneVariable = DemoGateway.PhoneVariable,
                MessageVariable = DemoGateway.MessageVariable,
            },
            cancellationToken));

        await AskForCodesAsync(cancellationToken);
        if (users > 0)
        {
            Profile gold = await profiles.FindAsync(Tenant, "gold", cancellationToken) ?? throw new InvalidOperationException("Profile gold is gone.");
            _ = await accounts.AddSeriesAsync(Tenant, users, gold.ProfileId, cancellationToken);
        }
    }

    /// <summary>Otto, who has a number, and guests who log in by theirs need a code each time. What an operator has changed since stays.</summary>
    private async Task AskForCodesAsync(CancellationToken cancellationToken)
    {
        if (policies.Of(Tenant).Version == new SmsPolicy().Version)
        {
            Accept(await policyRegister.UpdateAsync(
                Tenant, new SmsPolicyRequest { Enabled = true, Connector = "demo", Profile = "gold", Mode = SmsMode.EveryLogin }, ifVersion: 0, cancellationToken));
        }
    }

    private async Task AddNasAsync(string identity, string address, string type, CancellationToken cancellationToken) =>
        Accept(await nas.CreateAsync(
            Tenant, new NasSettings { Identity = identity, Address = address, Secret = Secret, Type = type, CoaPort = 3799, Location = "demo" }, cancellationToken));

    private async Task AddUserAsync(AccountSettings user, CancellationToken cancellationToken) =>
        Accept(await accounts.CreateUserAsync(Tenant, user, cancellationToken));

    private static void Accept(SaveOutcome outcome)
    {
        if (outcome is SaveOutcome.Refused refused)
        {
            throw new InvalidOperationException("The demo's data was refused: " + refused.Message);
        }
    }
}
