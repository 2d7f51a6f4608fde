using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Client;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Tests a NAS by Disconnect-Requests for a session that cannot exist (503 is the right answer), and says in words what to change.
/// </summary>
internal sealed class NasTest(NasDirectory nases, CoaDialogue dialogue)
{
    /// <summary>Two sendings within 3 s: somebody waits for the report.</summary>
    public static readonly RetransmissionPolicy Retransmission =
        RetransmissionPolicy.Default with { InitialInterval = TimeSpan.FromSeconds(1), MaximumSends = 2 };

    private static readonly SessionAttribute[] Tried =
    [
        SessionAttribute.UserName, SessionAttribute.AcctSessionId, SessionAttribute.CallingStationId, SessionAttribute.FramedIpAddress, SessionAttribute.NasPort,
    ];

    /// <summary>Tests a NAS. Null: the tenant has none with that id.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="nasId">Which.</param>
    /// <param name="address">Which of a prefix's equipment; else it may be null.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public async Task<NasTestReport?> RunAsync(long tenantId, long nasId, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!nases.TryGet(tenantId, nasId, out NasEntry? nas))
        {
            return null;
        }

        if (!nas.Type.DynamicAuthorization.Listens)
        {
            return Only(NasTestAspect.Port, NasTestVerdict.Unknown, $"Equipment of type {nas.Type.Name} takes no CoA- or Disconnect-Requests; there is nothing to test.");
        }

        if (NasDestination.Of(nas, address?.ToString() ?? "") is not { } to)
        {
            return Only(NasTestAspect.Port, NasTestVerdict.Unknown, $"The NAS entry is the prefix {nas.Address}: say which address within it is to be tested.");
        }

        return await RunAsync(to).WaitAsync(cancellationToken);
    }

    private async Task<NasTestReport> RunAsync(NasDestination to)
    {
        SessionIdentity nobody = Nobody();
        if (to.Form.DisconnectIdentities.FirstOrDefault(set => nobody.Has(set, to.Form)) is not { } set)
        {
            return Only(NasTestAspect.Attributes, NasTestVerdict.Unknown, $"Type {to.Nas.Type.Name} has no identity set that can be tried without a session.");
        }

        CoaOutcome outcome = await AskAsync(to, nobody, set);
        return outcome switch
        {
            CoaOutcome.NotSent notSent => Only(NasTestAspect.Port, NasTestVerdict.Unknown, notSent.Reason),
            CoaOutcome.Unanswered unanswered => await ExplainSilenceAsync(to, nobody, set, unanswered),
            _ => await ExplainAnswerAsync(to, nobody, set, outcome),
        };
    }

    private async Task<NasTestReport> ExplainSilenceAsync(NasDestination to, SessionIdentity nobody, IReadOnlyList<SessionAttribute> set, CoaOutcome.Unanswered silence)
    {
        int port = to.EndPointFor(RadiusCode.DisconnectRequest).Port;
        if (silence.Forged > 0)
        {
            return new NasTestReport(
            [
                new(NasTestAspect.Port, NasTestVerdict.Good, Invariant($"It answers on UDP port {port}.")),
                new(NasTestAspect.Secret, NasTestVerdict.Bad, "Its answers are signed with another secret: set the same secret for dynamic authorization as in the NAS entry."),
            ]);
        }

        DynamicAuthorizationForm form = to.Form;
        CoaOutcome[] others = await Task.WhenAll(
            form.EventTimestamp ? AskAsync(to with { Form = form with { EventTimestamp = false } }, nobody, set) : Task.FromResult<CoaOutcome>(silence),
            form.MessageAuthenticator ? AskAsync(to with { Form = form with { MessageAuthenticator = false } }, nobody, set) : Task.FromResult<CoaOutcome>(silence));
        NasTestFinding port1 = new(NasTestAspect.Port, NasTestVerdict.Good, Invariant($"It answers on UDP port {port}, but not to every request."));
        NasTestFinding secret = new(NasTestAspect.Secret, NasTestVerdict.Good, "It has the same secret.");
        if (others[0].Answered is not null)
        {
            return new NasTestReport(
            [
                port1, secret,
                new(NasTestAspect.Clock, NasTestVerdict.Bad, With(
                    "It answers only without Event-Timestamp: its clock and this server's are too far apart (300 s is usual). Set both by NTP.", form.Advice.Clock)),
            ]);
        }

        if (others[1].Answered is not null)
        {
            return new NasTestReport(
            [
                port1, secret,
                new(NasTestAspect.Attributes, NasTestVerdict.Bad,
                    $"It answers only without Message-Authenticator: add a NAS type of your own, as {to.Nas.Type.Name} with \"requests\": {{ \"messageAuthenticator\": false }}."),
            ]);
        }

        string network = silence.Fault == System.Net.Sockets.SocketError.Success ? "" : $" The network said {silence.Fault}.";
        return new NasTestReport(
        [
            new(NasTestAspect.Port, NasTestVerdict.Bad, With(
                Invariant($"No answer from {to.Address} on UDP port {port}.{network} Either it does not listen there, or something between drops the packets, or it takes none from this server's address, or its secret is another: a NAS says nothing to a wrong secret (RFC 5176, 2.3)."),
                form.Advice.Silence)),
            new(NasTestAspect.Secret, NasTestVerdict.Unknown, "Without an answer the secret cannot be told."),
        ]);
    }

    private async Task<NasTestReport> ExplainAnswerAsync(NasDestination to, SessionIdentity nobody, IReadOnlyList<SessionAttribute> set, CoaOutcome outcome)
    {
        DynamicAuthorizationForm form = to.Form;
        List<NasTestFinding> findings =
        [
            new(NasTestAspect.Port, NasTestVerdict.Good, Invariant(
                $"It answers on UDP port {to.EndPointFor(RadiusCode.DisconnectRequest).Port} within {outcome.Answered!.Value.TotalMilliseconds:0} ms.")),
            new(NasTestAspect.Secret, NasTestVerdict.Good, "It has the same secret."),
            form.EventTimestamp
                ? new(NasTestAspect.Clock, NasTestVerdict.Good, "Its clock agrees with this server's as far as it looks: it answers to a request with Event-Timestamp.")
                : new(NasTestAspect.Clock, NasTestVerdict.Good, "Such equipment is sent no Event-Timestamp, so its clock does not matter."),
            outcome is CoaOutcome.Refused refused ? Explain(refused, to) : new(
                NasTestAspect.Session, NasTestVerdict.Bad,
                "It acknowledged the disconnect of a session that cannot exist, so its acknowledgements say nothing: look at whether accounting bears them out."),
        ];
        findings.Add(outcome is CoaOutcome.Refused { Cause: ErrorCause.UnsupportedAttribute }
            ? await FindRefusedAsync(to, nobody, set)
            : await FindMoreRefusedAsync(to, nobody, set));
        return new NasTestReport(findings);
    }

    private static NasTestFinding Explain(CoaOutcome.Refused refused, NasDestination to) => refused.Cause switch
    {
        ErrorCause.SessionContextNotFound => new(NasTestAspect.Session, NasTestVerdict.Good, "It does not know a session that cannot exist (503), as it should be."),
        null => new(NasTestAspect.Session, NasTestVerdict.Good, With("It refuses a session that cannot exist, and gives no Error-Cause.", to.Form.Advice.Refusal)),
        ErrorCause.UnsupportedAttribute => Bad(refused, to, "An attribute of the request is not to its liking."),
        ErrorCause.MissingAttribute => Bad(refused, to, "It misses an attribute: the NAS entry's type may be the wrong one."),
        ErrorCause.NasIdentificationMismatch => Bad(refused, to, "It does not recognise itself: the NAS entry's identity and address must be those that the equipment has."),
        ErrorCause.AdministrativelyProhibited => Bad(refused, to, "It may not do so for this server: allow this server's address for Disconnect-Requests."),
        ErrorCause.UnsupportedExtension or ErrorCause.UnsupportedService => Bad(refused, to, "It does not do Disconnect-Requests: switch them on, or update its software."),
        ErrorCause.ProxyRequestNotRoutable or ErrorCause.ProxyProcessingError => Bad(refused, to, "A proxy on the way does not find the NAS."),
        _ => Bad(refused, to, "The NAS entry's type may be the wrong one."),
    };

    private static NasTestFinding Bad(CoaOutcome.Refused refused, NasDestination to, string text) =>
        new(NasTestAspect.Session, NasTestVerdict.Bad, With($"{refused.Text} {text}", to.Form.Advice.Refusal));

    /// <summary>What the request was refused for: each of its attributes is left out once.</summary>
    private async Task<NasTestFinding> FindRefusedAsync(NasDestination to, SessionIdentity nobody, IReadOnlyList<SessionAttribute> set)
    {
        DynamicAuthorizationForm form = to.Form;
        List<(string Name, Task<CoaOutcome> Without)> tries =
        [
            .. set.Where(_ => set.Count > 1).Select(attribute => (NameOf(attribute), AskAsync(to, nobody, [.. set.Where(other => other != attribute)]))),
        ];
        AddTry(form.EventTimestamp, "Event-Timestamp", form with { EventTimestamp = false });
        AddTry(form.MessageAuthenticator, "Message-Authenticator", form with { MessageAuthenticator = false });
        AddTry(form.NasIpAddress, "NAS-IP-Address", form with { NasIpAddress = false });
        AddTry(form.NasIdentifier != NasIdentifierForm.None, "NAS-Identifier", form with { NasIdentifier = NasIdentifierForm.None });

        List<string> refused = [];
        foreach ((string name, Task<CoaOutcome> without) in tries)
        {
            if (await without is CoaOutcome.Acknowledged or CoaOutcome.Refused { Cause: not ErrorCause.UnsupportedAttribute })
            {
                refused.Add(name);
            }
        }

        return new(NasTestAspect.Attributes, NasTestVerdict.Bad, refused.Count > 0
            ? $"It refuses {string.Join(", ", refused)} (401): choose the type that fits it, or add one of your own that leaves that out."
            : "It refuses more than one of the attributes (401): choose the type that fits it.");

        void AddTry(bool has, string name, DynamicAuthorizationForm without)
        {
            if (has)
            {
                tries.Add((name, AskAsync(to with { Form = without }, nobody, set)));
            }
        }
    }

    /// <summary>What else it refuses: each attribute that may name a session is put in once.</summary>
    private async Task<NasTestFinding> FindMoreRefusedAsync(NasDestination to, SessionIdentity nobody, IReadOnlyList<SessionAttribute> set)
    {
        (SessionAttribute Attribute, Task<CoaOutcome> With)[] tries =
        [
            .. Tried.Except(set)
                .Where(attribute => to.Form.Forbidden.All(forbidden => forbidden.Path.First != (uint)attribute || forbidden.Path.Vendor != 0))
                .Select(attribute => (attribute, AskAsync(to, nobody, [.. set, attribute]))),
        ];
        List<string> refused = [];
        foreach ((SessionAttribute attribute, Task<CoaOutcome> with) in tries)
        {
            if (await with is CoaOutcome.Refused { Cause: ErrorCause.UnsupportedAttribute })
            {
                refused.Add(NameOf(attribute));
            }
        }

        return new(NasTestAspect.Attributes, NasTestVerdict.Good, refused.Count > 0
            ? $"It takes what it is sent. It would refuse {string.Join(", ", refused)} (401), which type {to.Nas.Type.Name} does not begin with."
            : "It takes what it is sent, and refuses no other attribute that may name a session.");
    }

    private async Task<CoaOutcome> AskAsync(NasDestination to, SessionIdentity nobody, IReadOnlyList<SessionAttribute> set) =>
        await dialogue.AskOnceAsync(
            new CoaSubject(to, nobody), CoaRequest.Make(to, RadiusCode.DisconnectRequest, nobody, set)!, CoaKind.Test, CoaReason.Test, Retransmission);

    /// <summary>A session that no NAS has.</summary>
    private static SessionIdentity Nobody() => new()
    {
        UserName = "kiwire-test-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),

        // Sixteen hexadecimal digits, as hostapd has them.
        AcctSessionId = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)),
        Device = MacAddress.FromBits(0x02_00_00_00_00_00UL | (uint)RandomNumberGenerator.GetInt32(int.MaxValue)),

        // RFC 5737: nobody's.
        ClientIp = "192.0.2.1",
        NasPort = "4294967295",
    };

    private static string NameOf(SessionAttribute attribute) =>
        Radius.Dictionaries.RadiusDictionary.BuiltIn.TryGet(0, (byte)attribute, out Radius.Dictionaries.DictionaryAttribute? known) ? known.Name : "";

    private static NasTestReport Only(NasTestAspect aspect, NasTestVerdict verdict, string text) => new([new(aspect, verdict, text)]);

    private static string With(string text, string advice) => advice.Length > 0 ? $"{text} {advice}" : text;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
