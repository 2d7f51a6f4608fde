using System.Net;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Ends and changes sessions that are on, by asking their NASes. What is asked for one session is done in the order in which it was asked;
/// one NAS never waits for another. Once a request has left, cancelling gives up the wait for its outcome, and not the request.
/// </summary>
internal sealed class SessionControl(
    SessionStore sessions, NasDirectory nases, CoaDialogue dialogue, SessionTurns turns, LostSessions lost, DynamicAuthorizationMetrics metrics)
{
    private const int Page = 500;

    /// <summary>The most sessions that one call ends: the newest. Where there are as many answers, there may be more.</summary>
    public const int SessionLimit = 20_000;

    private static readonly CoaOutcome.NotSent HasEnded = new("Nothing was sent: the session has ended already.");
    private static readonly CoaOutcome.NotSent Busy = new("Nothing was sent: too many requests wait for their turn.");
    private static readonly CoaOutcome.NotSent NoNas = new("Nothing was sent: the session's NAS entry is gone.");

    /// <summary>Disconnects a session. Null: there is none with that id.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SessionAnswer?> DisconnectAsync(long tenantId, long sessionId, CoaReason reason, CancellationToken cancellationToken) =>
        await sessions.FindAsync(tenantId, sessionId, cancellationToken) is { } session
            ? await DisconnectAsync(tenantId, session, reason).WaitAsync(cancellationToken)
            : null;

    /// <summary>Disconnects all open sessions of an account.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<IReadOnlyList<SessionAnswer>> DisconnectAccountAsync(long tenantId, long accountId, CoaReason reason, CancellationToken cancellationToken) =>
        DisconnectAllAsync(new SessionQuery { TenantId = tenantId, AccountId = accountId, OpenOnly = true, Limit = Page }, reason, cancellationToken);

    /// <summary>Disconnects all open sessions of a NAS.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<IReadOnlyList<SessionAnswer>> DisconnectNasAsync(long tenantId, long nasId, CoaReason reason, CancellationToken cancellationToken) =>
        DisconnectAllAsync(new SessionQuery { TenantId = tenantId, NasId = nasId, OpenOnly = true, Limit = Page }, reason, cancellationToken);

    /// <summary>Disconnects a session as it was read. Not to be cancelled.</summary>
    public Task<SessionAnswer> DisconnectAsync(long tenantId, SessionInfo session, CoaReason reason) => InTurnAsync(
        tenantId, session, CoaKind.Disconnect, reason, subject => DisconnectAsync(subject, session, reason));

    /// <summary>Sends a CoA-Request about a session with attributes of an operator's choice.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<CoaByHand> SendCoaAsync(long tenantId, long sessionId, IReadOnlyList<CoaText> attributes, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(tenantId, sessionId, cancellationToken) is not { } session)
        {
            return new CoaByHand.Missing();
        }

        if (!nases.TryGet(tenantId, session.NasId, out NasEntry? nas))
        {
            return new CoaByHand.Done(new SessionAnswer(sessionId, NoNas));
        }

        List<FieldFault> faults = [];
        IReadOnlyList<AttributeValue> values = CoaText.Parse(attributes, nas, faults);
        if (faults.Count > 0)
        {
            return new CoaByHand.Refused(faults);
        }

        Task<SessionAnswer> answer = InTurnAsync(
            tenantId, session, CoaKind.Coa, CoaReason.ByHand, async subject => new SessionAnswer(
                sessionId, await dialogue.AskAsync(subject, RadiusCode.CoaRequest, CoaKind.Coa, CoaReason.ByHand, writer => Append(writer, values))));
        return new CoaByHand.Done(await answer.WaitAsync(cancellationToken));
    }

    /// <summary>
    /// Gives a session other rates and volume, as its NAS's type has it: by a push, by having the NAS ask again, or not at all (then the
    /// next login has them). Null: there is none with that id.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SessionAnswer?> ChangeLimitsAsync(
        long tenantId, long sessionId, SessionGrant grant, CoaReason reason, CancellationToken cancellationToken)
    {
        SessionInfo? session = await sessions.FindAsync(tenantId, sessionId, cancellationToken);
        return session is null ? null : await ChangeLimitsAsync(tenantId, session, grant, reason).WaitAsync(cancellationToken);
    }

    /// <summary>Gives a session as it was read other rates and volume. Not to be cancelled.</summary>
    public Task<SessionAnswer> ChangeLimitsAsync(long tenantId, SessionInfo session, SessionGrant grant, CoaReason reason) => InTurnAsync(
        tenantId, session, CoaKind.Coa, reason, async subject => new SessionAnswer(
            session.SessionId, await ChangeAsync(subject, subject.To.Form.Authorize.Limits, grant, letIn: false, reason)));

    /// <summary>
    /// Has a NAS let a client in: by a push of all that an accept would carry, or by having the NAS ask again. The client need have no
    /// session yet.
    /// </summary>
    public async Task<SessionAnswer> AuthorizeAsync(CoaSubject subject, SessionGrant grant, CoaReason reason)
    {
        if (!await turns.EnterAsync(subject.Turn))
        {
            return new SessionAnswer(subject.Session?.SessionId ?? 0, Busy);
        }

        try
        {
            return new SessionAnswer(subject.Session?.SessionId ?? 0, await ChangeAsync(subject, subject.To.Form.Authorize.By, grant, letIn: true, reason));
        }
        finally
        {
            turns.Leave(subject.Turn);
        }
    }

    private async Task<IReadOnlyList<SessionAnswer>> DisconnectAllAsync(SessionQuery query, CoaReason reason, CancellationToken cancellationToken)
    {
        // All are found before the first is asked for: sessions that end meanwhile would shift the pages.
        List<SessionInfo> found = [];
        while (found.Count < SessionLimit)
        {
            IReadOnlyList<SessionInfo> page = await sessions.ListAsync(query with { Start = found.Count }, cancellationToken);
            found.AddRange(page);
            if (page.Count < Page)
            {
                break;
            }
        }

        return await Task.WhenAll(found.Select(session => DisconnectAsync(query.TenantId, session, reason))).WaitAsync(cancellationToken);
    }

    private async Task<SessionAnswer> DisconnectAsync(CoaSubject subject, SessionInfo session, CoaReason reason)
    {
        long lastNewsAt = lost.LastNewsOf(subject.To.Nas.TenantId, session);
        CoaOutcome outcome = await dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, reason);
        SessionAnswer answer = new(session.SessionId, outcome);
        switch (outcome)
        {
            case CoaOutcome.Acknowledged:
                return answer with { Proof = DisconnectProof.Ending };
            case CoaOutcome.Refused refused when IsUnknown(refused, subject.To.Form) && lost.End(subject.To.Nas.TenantId, session, lastNewsAt):
                metrics.Lost();
                return answer with { WasUnknown = true };
            default:
                return answer;
        }
    }

    private async Task<CoaOutcome> ChangeAsync(CoaSubject subject, AuthorizeBy by, SessionGrant grant, bool letIn, CoaReason reason)
    {
        NasType type = subject.To.Nas.Type;
        AuthorizeForm form = type.DynamicAuthorization.Authorize;
        switch (by)
        {
            case AuthorizeBy.Push:
                bool whole = letIn || form.WholeSet;
                return whole || SaysSomething(grant, type)
                    ? await dialogue.AskAsync(subject, RadiusCode.CoaRequest, CoaKind.Coa, reason, writer =>
                    {
                        grant.AppendTo(writer, type, whole);
                        Append(writer, letIn ? form.Attributes : []);
                    })
                    : dialogue.Note(subject, CoaKind.Coa, reason, $"Nothing was sent: equipment of type {type.Name} has no attributes for these limits.");

            case AuthorizeBy.Reauthenticate when form.ByDisconnect:
                return await dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Coa, reason);

            case AuthorizeBy.Reauthenticate:
                return await dialogue.AskAsync(subject, RadiusCode.CoaRequest, CoaKind.Coa, reason, writer => Append(writer, form.Attributes));

            default:
                return dialogue.Note(
                    subject, CoaKind.Coa, reason, $"Nothing was sent: equipment of type {type.Name} cannot be given other rights while a session lasts; the next login has them.");
        }
    }

    private async Task<SessionAnswer> InTurnAsync(
        long tenantId, SessionInfo session, CoaKind kind, CoaReason reason, Func<CoaSubject, Task<SessionAnswer>> act)
    {
        if (session.EndedAt is not null)
        {
            return new SessionAnswer(session.SessionId, HasEnded);
        }

        if (!nases.TryGet(tenantId, session.NasId, out NasEntry? nas))
        {
            return new SessionAnswer(session.SessionId, NoNas);
        }

        SessionIdentity identity = SessionIdentity.Of(session);
        if (NasDestination.Of(nas, session.NasAddress) is not { } to)
        {
            CoaSubject nowhere = new(new NasDestination(nas, IPAddress.None), identity) { Session = session };
            return new SessionAnswer(session.SessionId, dialogue.Note(
                nowhere, kind, reason, $"Nothing was sent: the session came from '{session.NasAddress}', which is not within its NAS entry's {nas.Address}."));
        }

        CoaSubject subject = new(to, identity) { Session = session };
        if (!await turns.EnterAsync(subject.Turn))
        {
            return new SessionAnswer(session.SessionId, Busy);
        }

        try
        {
            return await act(subject);
        }
        finally
        {
            turns.Leave(subject.Turn);
        }
    }

    private static bool IsUnknown(CoaOutcome.Refused refused, DynamicAuthorizationForm form) =>
        refused.Cause == ErrorCause.SessionContextNotFound || (refused.Cause is null && form.BareRefusalIsUnknown);

    private static bool SaysSomething(SessionGrant grant, NasType type)
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.CoaRequest, 0, default, messageAuthenticator: false);
        grant.AppendTo(writer, type, whole: false);
        return writer.Length > PacketView.HeaderLength;
    }

    private static void Append(PacketWriter writer, IReadOnlyList<AttributeValue> values)
    {
        foreach (AttributeValue value in values)
        {
            writer.AppendOctets(value.Attribute.Key, value.Octets);
        }
    }
}
