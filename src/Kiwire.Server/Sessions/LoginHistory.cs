using System.Runtime.CompilerServices;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Takes every decision on a login into the journal, without waiting for the disc; the applier makes it a row of the history and, for a
/// device that was refused, of the unauthorised devices (and takes the device from there when it gets in).
/// </summary>
internal sealed class LoginHistory(AccountingJournal journal, SessionsMetrics metrics)
{
    // Most records fit here; only a long name, detail or reply needs the thread's buffer.
    private const int UsualLength = 1024;
    private const int UsualContents = UsualLength - LoginRecord.FixedLength;

    [ThreadStatic]
    private static byte[]? t_buffer;

    /// <summary>Records a decision; false where the backlog is past its bound and the row is dropped (and counted).</summary>
    [SkipLocalsInit]
    public bool TryRecord(in LoginEvent login)
    {
        Span<byte> buffer = stackalloc byte[UsualLength];
        if ((JournalText.Expansion * (login.UserName.Length + login.Detail.Length)) + login.Reply.Length > UsualContents)
        {
            buffer = t_buffer ??= new byte[LoginRecord.MaximumLength];
        }

        if (journal.Append(JournalRecordKind.Login, buffer[..LoginRecord.Write(login, buffer)], null, 0, out _) == JournalAppend.Taken)
        {
            return true;
        }

        metrics.HistoryDropped();
        return false;
    }
}
