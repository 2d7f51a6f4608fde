using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>Takes Accounting-Requests. Sessions implements it; the listeners call it, and know nothing else of that room.</summary>
internal interface IAccountingRequestHandler
{
    /// <summary>Handles one request, synchronously.</summary>
    /// <param name="request">The request; valid until the call returns.</param>
    /// <param name="sink">To be told when the record is durable, with <paramref name="ticket"/>; only after <see cref="AccountingHandling.Held"/>.</param>
    /// <param name="ticket">The listener's place where the finished answer waits.</param>
    AccountingHandling Handle(scoped in RadiusRequest request, IDurableSink sink, int ticket);
}

/// <summary>What becomes of the Accounting-Response, which the listener has ready.</summary>
internal enum AccountingHandling
{
    /// <summary>It waits until the sink is told.</summary>
    Held,

    /// <summary>It goes out at once: there is nothing to keep (an unknown Acct-Status-Type).</summary>
    AnswerNow,

    /// <summary>There is no answer: the record could not be taken; the NAS will repeat it.</summary>
    NoAnswer,
}
