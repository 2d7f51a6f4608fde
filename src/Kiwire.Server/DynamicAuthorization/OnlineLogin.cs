using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Authentication;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Lets a guest's device in without the guest typing anything (dynamic-authorization.md, login/online): the account is found or made, the
/// checks of a login are gone through, a grant is stored, and the NAS is told, as its type wants it.
/// </summary>
internal sealed class OnlineLogin(
    AccountStore store,
    AccountDirectory accounts,
    TenantDirectory tenants,
    ZoneDirectory zones,
    UsageWindows windows,
    GrantStore grants,
    SessionStore sessions,
    SessionControl control,
    TimeProvider time)
{
    /// <summary>What an account that is made here says of itself, where nothing else is given.</summary>
    public const string DefaultRemark = "API Registration";

    /// <summary>Lets a device in.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<OnlineOutcome> LetInAsync(long tenantId, OnlineOrder order, CancellationToken cancellationToken)
    {
        if (!tenants.TryGet(tenantId, out Tenant? tenant))
        {
            throw new InvalidOperationException("The tenant is gone.");
        }

        (Account? found, IReadOnlyList<FieldFault> faults) = await FindOrMakeAsync(tenantId, order, cancellationToken);
        if (found is null || await accounts.LoadByIdAsync(tenantId, found.AccountId, cancellationToken) is not { } account)
        {
            return new OnlineOutcome.Invalid(faults);
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        AdmissionDecision decision = Decide(tenant, account, order, now);
        if (!decision.Admitted)
        {
            return new OnlineOutcome.Refused(decision.Reason, Encoding.UTF8.GetString(ReplyTexts.Octets(decision.Reason, tenant.Policy)));
        }

        if (await grants.GiveAsync(tenantId, order.Nas.NasId, order.Device, account.AccountId, cancellationToken) is null)
        {
            return new OnlineOutcome.Full();
        }

        SessionGrant grant = SessionRights.GrantOf(account.Profile!, tenant, decision);
        return new OnlineOutcome.Granted(order.Nas, await TellAsync(order, account, grant, cancellationToken));
    }

    /// <summary>Checks 2 to 9, as for a login from there with that device; the place is only taken by the login itself.</summary>
    private AdmissionDecision Decide(Tenant tenant, AccountEntry account, OnlineOrder order, long now)
    {
        UInt128 nasAddress = order.Nas.IsOneAddress ? AddressText.Parse(order.Nas.Address.BaseAddress.ToString()) : 0;
        AdmissionDecision decision = Admission.Decide(new AdmissionFacts
        {
            Account = account,
            PasswordRight = true,
            Policy = tenant.Policy,
            ZoneAdmits = zones.Admits(account.AllowNas, order.Nas, default, Encoding.UTF8.GetBytes(order.Nas.Identity), nasAddress, nasAddress),
            Device = order.Device,
            TimeZone = tenant.TimeZone,
            Usage = windows.UsageOf(account, now),
            Now = now,
        });
        return decision.Admitted && !account.Presence.HasPlace(order.Device, account.Profile!.Simultaneous, tenant.Policy.AutoDisconnectPrevious, now)
            ? new AdmissionDecision(LoginReason.Simultaneous)
            : decision;
    }

    private async Task<(Account? Account, IReadOnlyList<FieldFault> Faults)> FindOrMakeAsync(
        long tenantId, OnlineOrder order, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenantId, order.User, cancellationToken) is { } known)
        {
            return (known, []);
        }

        SaveOutcome outcome = await store.CreateUserAsync(
            tenantId,
            new AccountSettings
            {
                Username = order.User,
                // Nobody is told: the device comes in by its grant until the password is set.
                Password = RandomNumberGenerator.GetHexString(32, lowercase: true),
                Profile = order.Profile ?? ProfileStore.TemporaryName,
                AllowNas = order.AllowNas ?? AccountSettings.NoRestriction,
                Status = order.Status ?? AccountSettings.ActiveStatus,
                Remark = order.Remark ?? DefaultRemark,
            },
            cancellationToken);
        return outcome is SaveOutcome.Refused refused
            ? (null, refused.Faults)
            : (await store.FindAsync(tenantId, order.User, cancellationToken), [new FieldFault("username", "has just been deleted by somebody else.")]);
    }

    /// <summary>Tells the NAS; null: its type cannot be told, and the grant waits for the device's own login.</summary>
    private async Task<SessionAnswer?> TellAsync(OnlineOrder order, AccountEntry account, SessionGrant grant, CancellationToken cancellationToken)
    {
        DynamicAuthorizationForm form = order.Nas.Type.DynamicAuthorization;
        if (!form.Listens || form.Authorize.By == AuthorizeBy.None)
        {
            return null;
        }

        // Where the device is known to that NAS, its session is named as the NAS itself names it.
        IReadOnlyList<SessionInfo> known = await sessions.ListAsync(
            new SessionQuery { TenantId = account.TenantId, Mac = order.Device.ToString(), NasId = order.Nas.NasId, OpenOnly = true, Limit = 1 }, cancellationToken);
        SessionInfo? session = known is [var newest] ? newest : null;
        if (NasDestination.Of(order.Nas, session?.NasAddress ?? "") is not { } to)
        {
            return new SessionAnswer(0, new CoaOutcome.NotSent(
                $"Nothing was sent: the NAS entry is the prefix {order.Nas.Address}, and which of its equipment has the device is not known."));
        }

        CoaSubject subject = new(to, session is null ? IdentityOf(order, account) : SessionIdentity.Of(session)) { Session = session, AccountId = account.AccountId };
        return await control.AuthorizeAsync(subject, grant, CoaReason.Online).WaitAsync(cancellationToken);
    }

    private static SessionIdentity IdentityOf(OnlineOrder order, AccountEntry account) => new()
    {
        UserName = Encoding.UTF8.GetString(account.NameUtf8),
        Device = order.Device,
        ClientIp = order.Address.ToString(),
    };
}

/// <summary>Who is to be let in, and where.</summary>
internal sealed record OnlineOrder
{
    public required NasEntry Nas { get; init; }

    public required MacAddress Device { get; init; }

    /// <summary>The device's address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The account; one is made where there is none of that name.</summary>
    public required string User { get; init; }

    /// <summary>For an account that is made: wx_temp where it is not given.</summary>
    public string? Profile { get; init; }

    /// <summary>For an account that is made: no restriction where it is not given.</summary>
    public string? AllowNas { get; init; }

    /// <summary>For an account that is made: active where it is not given.</summary>
    public string? Status { get; init; }

    /// <summary>For an account that is made.</summary>
    public string? Remark { get; init; }
}
