using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Asks a NAS about one session under one of its type's identity sets after the other, until one is not refused as unknown, and puts each
/// request into the log.
/// </summary>
internal sealed class CoaDialogue(CoaSender sender, CoaLog log, IdSource ids, TimeProvider time)
{
    /// <summary>Asks.</summary>
    /// <param name="subject">Who it is about.</param>
    /// <param name="code">CoA- or Disconnect-Request.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="more">What a CoA-Request carries besides identification.</param>
    /// <returns>What became of the last request.</returns>
    public async Task<CoaOutcome> AskAsync(CoaSubject subject, RadiusCode code, CoaKind kind, CoaReason reason, Action<PacketWriter>? more = null)
    {
        DynamicAuthorizationForm form = subject.To.Form;
        if (!form.Listens)
        {
            return Note(subject, kind, reason, $"Nothing was sent: equipment of type {subject.To.Nas.Type.Name} takes no CoA- or Disconnect-Requests.");
        }

        IReadOnlyList<IReadOnlyList<SessionAttribute>> sets = code == RadiusCode.DisconnectRequest ? form.DisconnectIdentities : form.Authorize.Identities;
        CoaOutcome? outcome = null;
        foreach (IReadOnlyList<SessionAttribute> set in sets)
        {
            if (!subject.Identity.Has(set, form))
            {
                continue;
            }

            if (CoaRequest.Make(subject.To, code, subject.Identity, set, more) is not { } request)
            {
                return Note(subject, kind, reason, "Nothing was sent: the attributes do not fit in a packet of 4096 octets.");
            }

            outcome = await AskOnceAsync(subject, request, kind, reason);
            if (!MayHaveMistaken(outcome))
            {
                return outcome;
            }
        }

        return outcome ?? Note(
            subject, kind, reason, $"Nothing was sent: of what names a session to equipment of type {subject.To.Nas.Type.Name}, its accounting did not say enough.");
    }

    /// <summary>Puts into the log that nothing was sent, and why.</summary>
    public CoaOutcome.NotSent Note(CoaSubject subject, CoaKind kind, CoaReason reason, string why)
    {
        CoaOutcome.NotSent outcome = new(why);
        log.Add(RowOf(subject, kind, reason, outcome, "", time.GetUtcNow()));
        return outcome;
    }

    /// <summary>Sends one request and puts it into the log.</summary>
    public async Task<CoaOutcome> AskOnceAsync(CoaSubject subject, CoaRequest request, CoaKind kind, CoaReason reason, Kiwire.Radius.Client.RetransmissionPolicy? retransmission = null)
    {
        DateTimeOffset at = time.GetUtcNow();
        CoaOutcome outcome = await sender.SendAsync(request, kind, retransmission);
        log.Add(RowOf(subject, kind, reason, outcome, outcome is CoaOutcome.NotSent ? "" : request.Describe(at), at));
        return outcome;
    }

    // RFC 5176, 3.5: the session was not found, an attribute is missing, or the attributes do not go together. Under others it may be found.
    private static bool MayHaveMistaken(CoaOutcome outcome) => outcome is CoaOutcome.Refused
    {
        Cause: ErrorCause.SessionContextNotFound or ErrorCause.MissingAttribute or ErrorCause.InvalidRequest,
    };

    private CoaLogRow RowOf(CoaSubject subject, CoaKind kind, CoaReason reason, CoaOutcome outcome, string attributes, DateTimeOffset at) => new()
    {
        TenantId = subject.To.Nas.TenantId,
        RequestId = ids.Next(),
        At = at.ToUnixTimeMilliseconds(),
        NasId = subject.To.Nas.NasId,
        SessionId = subject.Session?.SessionId,
        AccountId = subject.AccountId ?? subject.Session?.AccountId,
        Kind = kind,
        Reason = reason.Word,
        Attributes = attributes,
        Outcome = outcome switch
        {
            CoaOutcome.Acknowledged => CoaResult.Acknowledged,
            CoaOutcome.Refused => CoaResult.Refused,
            CoaOutcome.Unanswered => CoaResult.Unanswered,
            _ => CoaResult.NotSent,
        },
        ErrorCause = (outcome as CoaOutcome.Refused)?.Cause,
        Detail = outcome.Text,
        Sends = outcome.SendCount,
        RoundTripMilliseconds = (long?)outcome.Answered?.TotalMilliseconds,
        Proof = kind == CoaKind.Disconnect && subject.Session is not null && outcome is CoaOutcome.Acknowledged ? DisconnectProof.Ending : DisconnectProof.None,
    };
}
