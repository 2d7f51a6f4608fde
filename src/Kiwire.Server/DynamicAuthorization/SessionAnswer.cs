using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What became of an attempt to end or change one session.</summary>
/// <param name="SessionId">The session; 0: it has none yet.</param>
/// <param name="Outcome">What the NAS answered to the last request about it.</param>
internal sealed record SessionAnswer(long SessionId, CoaOutcome Outcome)
{
    /// <summary>Ending, after an acknowledged disconnect: whether it is so, accounting tells (<see cref="SessionInfo.Disconnect"/>).</summary>
    public DisconnectProof Proof { get; init; }

    /// <summary>The NAS has no such session, and it is ended in our records.</summary>
    public bool WasUnknown { get; init; }

    /// <summary>Whether what was asked for is done or under way.</summary>
    public bool IsSuccess => Outcome is CoaOutcome.Acknowledged || WasUnknown;

    /// <summary>The answer in a sentence or two.</summary>
    public string Text => WasUnknown ? $"{Outcome.Text} So the session is over, and is ended in the records." : Outcome.Text;
}

/// <summary>What became of a CoA-Request with attributes of an operator's choice.</summary>
internal abstract record CoaByHand
{
    private CoaByHand()
    {
    }

    /// <summary>It was sent, or could not be.</summary>
    public sealed record Done(SessionAnswer Answer) : CoaByHand;

    /// <summary>Nothing was sent: the attributes say what is wrong.</summary>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults) : CoaByHand;

    /// <summary>There is no such session.</summary>
    public sealed record Missing : CoaByHand;
}
