using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Authentication;

/// <summary>
/// The State of a challenge that asks for an authenticator's code: until when, and how often it was asked, under the seal of <see cref="CodeStates"/>.
/// </summary>
/// <remarks>
/// Where the State of an SMS code has the code's identifier, which is positive, it has a negative number: round and end, Unix seconds. It
/// may be sent again within its time: what it proves, that the password was right, stays true, and a code is good once.
/// </remarks>
internal sealed class LoginChallenges(CodeStates states)
{
    /// <summary>For how long an answer is waited for: Session-Timeout of the challenge.</summary>
    public const uint AnswerSeconds = 120;

    /// <summary>How often one is asked for a code after one right password.</summary>
    public const int MostRounds = 5;

    private const int RoundBits = 3;

    /// <summary>Writes a State for the request's user.</summary>
    /// <param name="login">Who is asked.</param>
    /// <param name="round">1 for the first time that a code is asked for.</param>
    public byte[] Write(scoped in Login login, int round) => states.Write(
        login.Tenant.TenantId, login.Fields.UserName, -((((login.Request.ReceivedAt / 1000) + AnswerSeconds) << RoundBits) | (uint)round));

    /// <summary>Which round an answer's State is of; 0: it is none of ours, or of somebody else, or its time is over.</summary>
    public int RoundOf(scoped in Login login) =>
        states.TryRead(login.Tenant.TenantId, login.Fields.UserName, login.Fields.State, out long number)
        && number < 0
        && (-number >> RoundBits) > login.Request.ReceivedAt / 1000
            ? (int)(-number & ((1 << RoundBits) - 1))
            : 0;
}
