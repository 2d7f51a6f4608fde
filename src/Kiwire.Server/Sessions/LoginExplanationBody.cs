using System.ComponentModel;
using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>Why a login was decided as it was.</summary>
internal sealed record LoginExplanationBody
{
    /// <summary>In an accept's detail it stands between what was found at check 7 | at 8 | at 9 | at 6, whose text may hold anything.</summary>
    internal static ReadOnlySpan<byte> Between => "; "u8;

    private static readonly int[] FoundAt = [7, 8, 9, 6];

    public required LoginHistoryBody Login { get; init; }

    [Description("The check that decided; null: none refused.")]
    public required DecidingCheckBody? DecidedBy { get; init; }

    [Description("The checks of an account, in their order: the first that fails answers.")]
    public required IReadOnlyList<AdmissionCheckBody> Checks { get; init; }

    [Description("Access-Accept, Access-Reject or Access-Challenge.")]
    public required string Answer { get; init; }

    [Description("The attributes of the answer by name and value, without those that prove or hide something (Message-Authenticator, EAP-Message, State, keys); null: they were not recorded.")]
    public required IReadOnlyList<string>? Sent { get; init; }

    public static LoginExplanationBody Of(LoginInfo login, long tenantId, NasDirectory directory)
    {
        int decided = AdmissionChecks.NumberOf(login.Reason);
        return new()
        {
            Login = LoginHistoryBody.Of(login, tenantId, directory),
            DecidedBy = login.Reason.Length == 0 ? null : new DecidingCheckBody { Number = decided == 0 ? null : decided, Word = login.Reason, Compared = login.Detail },
            Checks = [.. AdmissionChecks.All.Select(check => Check(check, login, decided))],
            Answer = login.Outcome switch
            {
                LoginOutcome.Accepted => "Access-Accept",
                LoginOutcome.Challenged => "Access-Challenge",
                _ => "Access-Reject",
            },
            Sent = login.Reply is { } reply ? Describe(reply) : null,
        };
    }

    private static AdmissionCheckBody Check(AdmissionCheck check, LoginInfo login, int decided)
    {
        // A refusal that is none of the checks' comes before them all; a challenge is given when all but its own have passed.
        CheckOutcome outcome = login.Outcome == LoginOutcome.Challenged && check.Number == AdmissionChecks.All.Count ? CheckOutcome.NotReached
            : login.Reason.Length == 0 || check.Number < decided ? CheckOutcome.Passed
            : check.Number == decided ? CheckOutcome.Failed : CheckOutcome.NotReached;
        return new AdmissionCheckBody
        {
            Number = check.Number,
            Word = check.Word,
            Check = check.Text,
            Outcome = outcome,
            Compared = outcome == CheckOutcome.Failed ? login.Detail : login.Outcome == LoginOutcome.Accepted ? FoundBy(check.Number, login.Detail) : null,
        };
    }

    private static string? FoundBy(int number, string detail)
    {
        string[] found = detail.Split("; ", FoundAt.Length);
        int at = Array.IndexOf(FoundAt, number);
        return at >= 0 && found.Length == FoundAt.Length ? found[at] : null;
    }

    /// <summary>One attribute a line; members of others indented.</summary>
    private static string[] Describe(byte[] attributes)
    {
        byte[] octets = [(byte)RadiusCode.AccessAccept, 0, 0, 0, .. new byte[PacketView.AuthenticatorLength], .. attributes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)octets.Length);
        return PacketView.TryParse(octets, out PacketView packet, out _)
            ? [.. RadiusDictionary.BuiltIn.Describe(packet).Split('\n')[1..].Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line)]
            : [];
    }
}

/// <summary>The check that decided a login.</summary>
internal sealed record DecidingCheckBody
{
    [Description("1 to 10, as in checks; null: it came before any account was looked at (lockout, bad_request, tenant_suspended).")]
    public required int? Number { get; init; }

    public required string Word { get; init; }

    [Description("What was compared.")]
    public required string Compared { get; init; }
}

/// <summary>One check of an account.</summary>
internal sealed record AdmissionCheckBody
{
    public required int Number { get; init; }

    public required string Word { get; init; }

    [Description("What must be so.")]
    public required string Check { get; init; }

    public required CheckOutcome Outcome { get; init; }

    [Description("What was compared, as far as it was taken down: at the check that refused, and at 6 to 9 of an accept; else null.")]
    public required string? Compared { get; init; }
}

/// <summary>How a check came out.</summary>
internal enum CheckOutcome
{
    Passed,
    Failed,
    NotReached,
}

/// <summary>One of the checks of an account.</summary>
internal sealed record AdmissionCheck(int Number, string Word, string Text);

/// <summary>The checks of an account in their order.</summary>
internal static class AdmissionChecks
{
    public static IReadOnlyList<AdmissionCheck> All { get; } =
    [
        Of(1, LoginReason.WrongPassword, "the account exists and the password is right"),
        Of(2, LoginReason.Inactive, "the account is active"),
        Of(3, LoginReason.Expired, "it is before the account's expiry"),
        Of(4, LoginReason.Zone, "the account may log in from this place"),
        Of(5, LoginReason.Mac, "the client device is one of the account's, where the policy asks for that"),
        Of(6, LoginReason.NoProfile, "the account has a profile"),
        Of(7, LoginReason.NoCredit, "there is time left"),
        Of(8, LoginReason.Volume, "there is volume left"),
        Of(9, LoginReason.Simultaneous, "fewer sessions are open than the profile allows"),
        Of(10, LoginReason.NoCode, "a one-time code was given, where the SMS policy asks for one"),
    ];

    /// <summary>A reason's number; 0: it is none of the checks'.</summary>
    public static int NumberOf(string word) => All.FirstOrDefault(check => check.Word == word)?.Number ?? 0;

    private static AdmissionCheck Of(int number, LoginReason reason, string text) => new(number, LoginWords.Of(reason), text);
}
