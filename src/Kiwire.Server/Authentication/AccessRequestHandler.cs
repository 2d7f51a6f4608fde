using System.Data.Common;
using System.Numerics;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sessions;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>
/// The way of an Access-Request: fields, account, credentials, admission, a place among the account's sessions, answer, history.
/// What is in memory is decided synchronously, on the listener's thread, into its writer and without allocation. What has to wait is
/// copied; the wait is done; and then the same way is gone again from its start.
/// </summary>
internal sealed partial class AccessRequestHandler(
    AccountDirectory accounts,
    AccountStore store,
    TenantDirectory tenants,
    GrantTable grants,
    GrantStore grantStore,
    UsageWindows windows,
    ZoneDirectory zones,
    SmsPolicyDirectory policies,
    CodeRequests codes,
    CodeVerification verification,
    CodeStates states,
    EapConversations conversations,
    LoginHistory history,
    IdSource ids,
    Lockout lockout,
    Suspensions suspensions,
    LoginChallenges challenges,
    OneTimePasswords oneTimePasswords,
    AuthenticationMetrics metrics,
    ILogger<AccessRequestHandler> logger) : IAccessRequestHandler
{
    /// <summary>Waits that one login may need: a grant's account and the grant, account by name, by number, by device, a code and its use, first login, registration, and one of these again.</summary>
    private const int MostWaits = 11;

    public ValueTask<RadiusReply?> HandleAsync(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken)
    {
        LoginProgress progress = default;
        return TryHandle(in request, writer, ref progress, out RadiusReply? reply)
            ? new ValueTask<RadiusReply?>(reply)
            : new ValueTask<RadiusReply?>(HandleWaitingAsync(
                request.Packet.ToPacket(), request.Nas, request.Source, request.ReceivedAt, progress, cancellationToken));
    }

    private async Task<RadiusReply?> HandleWaitingAsync(
        RadiusPacket packet, NasEntry nas, SourceAddress source, long receivedAt, LoginProgress progress, CancellationToken cancellationToken)
    {
        PacketWriter writer = new();
        for (int waits = 0; waits < MostWaits; waits++)
        {
            try
            {
                progress = await WaitAsync(nas, DeviceOf(packet), receivedAt, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (DbException e)
            {
                // Silence: the NAS repeats its request or asks the next server, which is better than refusing somebody who may come in.
                progress.GiveBackPlace();
                metrics.DatabaseAway();
                LogDatabaseAway(logger, e.Message);
                return null;
            }

            if (TryHandleCopy(packet, nas, source, receivedAt, writer, ref progress, out RadiusReply? reply))
            {
                return reply;
            }
        }

        metrics.GaveUp();
        return null;
    }

    private bool TryHandleCopy(
        RadiusPacket packet, NasEntry nas, SourceAddress source, long receivedAt, PacketWriter writer, ref LoginProgress progress, out RadiusReply? reply)
    {
        RadiusRequest request = new() { Packet = packet.View, Nas = nas, Source = source, ReceivedAt = receivedAt };
        return TryHandle(in request, writer, ref progress, out reply);
    }

    private static MacAddress DeviceOf(RadiusPacket packet) => AccessFields.Read(packet.View).Device;

    private async Task<LoginProgress> WaitAsync(
        NasEntry nas, MacAddress device, long now, LoginProgress progress, CancellationToken cancellationToken)
    {
        long tenantId = nas.TenantId;
        switch (progress.Wait)
        {
            case LoginWait.Account:
                progress.Account = await accounts.LoadAsync(tenantId, progress.Name, cancellationToken).ConfigureAwait(false);
                progress.NameResolved = true;
                break;

            case LoginWait.AccountOfDevice:
                progress.Account = await accounts.LoadByMacAsync(tenantId, progress.Device, cancellationToken).ConfigureAwait(false);
                progress.DeviceResolved = true;
                break;

            case LoginWait.FirstLogin:
                await store.RecordFirstLoginAsync(tenantId, progress.Account!.AccountId, now, cancellationToken).ConfigureAwait(false);
                progress.Account = await accounts.LoadByIdAsync(tenantId, progress.Account.AccountId, cancellationToken).ConfigureAwait(false);
                break;

            case LoginWait.Registration:
                await store.RegisterMacAsync(tenantId, progress.Account!.AccountId, progress.Device, cancellationToken).ConfigureAwait(false);
                progress.Account = await accounts.LoadByIdAsync(tenantId, progress.Account.AccountId, cancellationToken).ConfigureAwait(false);
                progress.Registered = true;
                break;

            case LoginWait.AccountOfGrant:
                progress.Account = await accounts.LoadByIdAsync(tenantId, progress.Grant!.AccountId, cancellationToken).ConfigureAwait(false);
                progress.GrantGone = progress.Account is null;
                break;

            case LoginWait.OneTimePassword:
                progress.CodeVerdict = await oneTimePasswords.VerifyAsync(
                    tenantId, progress.Account!.AccountId, progress.CodeProof!.Match, cancellationToken).ConfigureAwait(false);
                // An authenticator that has just been taken away is no reason to ask again.
                progress.CodeVerdict = progress.CodeVerdict == OneTimePasswordVerdict.None ? OneTimePasswordVerdict.Wrong : progress.CodeVerdict;
                break;

            case LoginWait.Grant:
                progress.GrantTaken = await grantStore.TryConsumeAsync(progress.Grant!, cancellationToken).ConfigureAwait(false);
                if (!progress.GrantTaken)
                {
                    progress.ForgetGrant();
                }

                break;

            case LoginWait.SignUp:
                long? made = await verification.TrySignUpAsync(progress.Code!.Policy, progress.Code.Stored!, progress.Code.Phone, device, cancellationToken).ConfigureAwait(false);
                progress.Code.Taken = made is not null;
                progress.Code.Lost = made is null;
                progress.Account = made is { } accountId ? await accounts.LoadByIdAsync(tenantId, accountId, cancellationToken).ConfigureAwait(false) : null;
                break;

            default:
                await WaitForCodeAsync(nas, progress.Code!, progress.Wait, progress.Account, device, cancellationToken).ConfigureAwait(false);
                if (progress.Code!.Lost)
                {
                    progress.GiveBackPlace();
                }

                break;
        }

        progress.Wait = LoginWait.None;
        return progress;
    }

    /// <summary>Decides, if all that is needed is in memory; false: <paramref name="progress"/> says what to wait for.</summary>
    private bool TryHandle(scoped in RadiusRequest request, PacketWriter writer, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        if (!tenants.TryGet(request.Nas.TenantId, out Tenant? tenant))
        {
            // The tenant has just been deleted; its NAS entries go in the same moment.
            metrics.GaveUp();
            return true;
        }

        AccessFields fields = AccessFields.Read(request.Packet);
        Login login = new(in request, in fields, tenant, writer);
        if (!tenant.Active)
        {
            reply = Refuse(in login, LoginReason.TenantSuspended);
            return true;
        }

        if ((progress.Grant is not null || !grants.IsEmpty) && !progress.GrantGone && TryFindGrant(in login, ref progress))
        {
            return TryGrant(in login, ref progress, out reply);
        }

        // None may be a voucher's: clients leave an empty password out.
        if (fields.Credentials != CredentialKinds.None && !BitOperations.IsPow2((int)fields.Credentials))
        {
            reply = Refuse(in login, LoginReason.BadRequest);
            return true;
        }

        if (fields.Credentials == CredentialKinds.Eap)
        {
            return TryHandleEap(in login, ref progress, out reply);
        }

        if (!fields.HasUserName || fields.UserName.IsEmpty)
        {
            reply = Refuse(in login, LoginReason.BadRequest);
            return true;
        }

        if (!TryResolveAccount(in login, fields.UserName, ref progress))
        {
            return false;
        }

        return TryDecide(in login, ref progress, out reply);
    }

    /// <summary>The account of the name or, where the tenant wants it and there is none of that name, of the MAC address that the name is.</summary>
    private bool TryResolveAccount(scoped in Login login, ReadOnlySpan<byte> name, ref LoginProgress progress)
    {
        long tenantId = login.Tenant.TenantId;
        if (!progress.NameResolved)
        {
            AccountLookup lookup = accounts.TryFind(tenantId, name, out progress.Account);
            if (lookup == AccountLookup.Unknown)
            {
                progress.Name = name.ToArray();
                return progress.MustWait(LoginWait.Account);
            }

            progress.NameResolved = true;
        }

        if (progress.Account is null && !progress.PhoneResolved)
        {
            progress.PhoneResolved = true;
            if (policies.EnabledOf(tenantId) is { } policy && TryReadPhone(in login, name, policy, out PhoneNumber phone))
            {
                byte[] international = Encoding.ASCII.GetBytes(phone.E164);
                if (!name.SequenceEqual(international) && accounts.TryFind(tenantId, international, out progress.Account) == AccountLookup.Unknown)
                {
                    progress.Name = international;
                    return progress.MustWait(LoginWait.Account);
                }
            }
        }

        if (progress.Account is not null || progress.DeviceResolved || !login.Tenant.Policy.MacAutoLogin)
        {
            return true;
        }

        // A guest could type somebody's address at the portal; equipment that logs a device in by its address also says that it calls from it.
        if (!MacAddress.TryParse(name, out MacAddress device) || (!login.Fields.Device.IsNone && login.Fields.Device != device))
        {
            return true;
        }

        progress.Device = device;
        progress.ByDevice = true;
        return progress.MustWait(LoginWait.AccountOfDevice);
    }

    /// <summary>Lock-out, credentials, admission, what a first login records, a place, the answer.</summary>
    private bool TryDecide(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        AccountEntry? account = progress.Account;
        reply = null;
        if (progress.ByDevice && account is not null && login.Fields.Credentials != CredentialKinds.None)
        {
            return TryAdmit(in login, account, new Proof(LoginMethod.Mac), ref progress, out reply);
        }

        if (IsLockedOut(in login, login.Fields.UserName))
        {
            reply = Refuse(in login, LoginReason.Lockout, account);
            return true;
        }

        if (account is { HasAuthenticator: true })
        {
            return TryDecideByAuthenticator(in login, account, ref progress, out reply);
        }

        if (TryBeginCode(in login, login.Fields.UserName, ref progress))
        {
            return TryDecideByCode(in login, ref progress, out reply);
        }

        Credentials credentials = Credentials.Check(in login.Request, in login.Fields, account);
        if (!credentials.Readable)
        {
            reply = Refuse(in login, LoginReason.BadRequest, account, credentials.Method);
            return true;
        }

        if (!credentials.Right)
        {
            CountWrong(in login);
            reply = Refuse(in login, LoginReason.WrongPassword, account, credentials.Method);
            return true;
        }

        ForgetWrong(in login, login.Fields.UserName);
        return TryAdmit(in login, account!, new Proof(credentials.Method) { Password = credentials.Password }, ref progress, out reply);
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "A login could not be answered, because the database is away: {Fault}")]
    private static partial void LogDatabaseAway(ILogger logger, string fault);
}
