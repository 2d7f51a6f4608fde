using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What a NAS said about one session.</summary>
internal sealed record SessionAnswerBody
{
    [Description("Empty: of no session that is known.")]
    public required string SessionId { get; init; }

    public required CoaResult Outcome { get; init; }

    [Description("Error-Cause (RFC 5176, 3.5) by name, where the NAS refused and gave one.")]
    public string? ErrorCause { get; init; }

    [Description("After an acknowledged disconnect: ending, until accounting shows that the session has ended or that the NAS has ignored it.")]
    public required DisconnectProof Disconnect { get; init; }

    [Description("The NAS has no such session, and it was ended in the records.")]
    public required bool WasUnknown { get; init; }

    [Description("In words.")]
    public required string Message { get; init; }

    public static SessionAnswerBody Of(SessionAnswer answer) => new()
    {
        SessionId = answer.SessionId == 0 ? "" : answer.SessionId.ToString(CultureInfo.InvariantCulture),
        Outcome = answer.Outcome switch
        {
            CoaOutcome.Acknowledged => CoaResult.Acknowledged,
            CoaOutcome.Refused => CoaResult.Refused,
            CoaOutcome.Unanswered => CoaResult.Unanswered,
            _ => CoaResult.NotSent,
        },
        ErrorCause = answer.Outcome is CoaOutcome.Refused { Cause: { } cause } ? CoaOutcome.NameOf(cause) : null,
        Disconnect = answer.Proof,
        WasUnknown = answer.WasUnknown,
        Message = answer.Text,
    };
}

/// <summary>What NASes said about several sessions.</summary>
internal sealed record SessionAnswersBody
{
    public required IReadOnlyList<SessionAnswerBody> Items { get; init; }

    public static SessionAnswersBody Of(IReadOnlyList<SessionAnswer> answers) => new() { Items = [.. answers.Select(SessionAnswerBody.Of)] };
}

/// <summary>What a CoA-Request is to carry.</summary>
internal sealed record CoaAttributesRequest
{
    [Description("1 to 64.")]
    public IReadOnlyList<CoaAttributeBody>? Attributes { get; init; }

    public IReadOnlyList<CoaText> ToTexts() => [.. (Attributes ?? []).Select(attribute => new CoaText(attribute.Name ?? "", attribute.Value ?? ""))];
}

/// <summary>One attribute.</summary>
internal sealed record CoaAttributeBody
{
    [Description("By its name in the dictionaries, such as Session-Timeout.")]
    public string? Name { get; init; }

    [Description("As the type has it: a number, a text, an address, octets as 0x and hexadecimal digits, or a value's name.")]
    public string? Value { get; init; }
}

/// <summary>What a test of a NAS found.</summary>
internal sealed record NasTestBody
{
    [Description("Nothing is to be changed.")]
    public required bool IsGood { get; init; }

    public required IReadOnlyList<NasTestFindingBody> Findings { get; init; }

    public static NasTestBody Of(NasTestReport report) => new()
    {
        IsGood = report.IsGood,
        Findings = [.. report.Findings.Select(finding => new NasTestFindingBody { Aspect = finding.Aspect, Verdict = finding.Verdict, Message = finding.Text })],
    };
}

/// <summary>One thing that a test found.</summary>
internal sealed record NasTestFindingBody
{
    public required NasTestAspect Aspect { get; init; }

    public required NasTestVerdict Verdict { get; init; }

    [Description("What was found, and what to change on that make of equipment.")]
    public required string Message { get; init; }
}
