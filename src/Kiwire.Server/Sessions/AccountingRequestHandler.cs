using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Takes Accounting-Requests: makes a record of each, journals it, and has the live sessions see it at once.
/// </summary>
/// <remarks>
/// A Start, Interim-Update or Stop without Acct-Session-Id is journalled and answered like any other, and then set aside by the applier:
/// it cannot be told which session it is of, and its NAS would repeat it for ever if it were not answered.
/// </remarks>
internal sealed class AccountingRequestHandler(LiveSessions live, IdSource ids, SessionsMetrics metrics) : IAccountingRequestHandler
{
    [ThreadStatic]
    private static byte[]? t_buffer;

    public AccountingHandling Handle(scoped in RadiusRequest request, IDurableSink sink, int ticket)
    {
        if (!AccountingRequestReader.TryRead(request, ids.Next(), out AccountingRecord record))
        {
            metrics.UnknownStatus();
            return AccountingHandling.AnswerNow;
        }

        Span<byte> buffer = t_buffer ??= new byte[AccountingRecord.MaximumLength];
        switch (live.Append(record, buffer[..record.Write(buffer)], sink, ticket))
        {
            case JournalAppend.Taken:
                metrics.Taken(record.Status);
                return AccountingHandling.Held;
            case JournalAppend.Full:
                metrics.JournalFull();
                return AccountingHandling.NoAnswer;
            default:
                metrics.JournalClosed();
                return AccountingHandling.NoAnswer;
        }
    }
}
