using Kiwire.Radius.Packets;

namespace Kiwire.Server.Listening;

/// <summary>What happened to datagrams besides being dropped.</summary>
internal enum ListenerEvent
{
    /// <summary>An Access-Request arrived.</summary>
    AccessRequest,

    /// <summary>An Accounting-Request arrived.</summary>
    AccountingRequest,

    /// <summary>A Status-Server arrived.</summary>
    StatusServer,

    /// <summary>A datagram arrived that is no packet, or no request for this port.</summary>
    OtherDatagram,

    /// <summary>An Access-Accept left.</summary>
    Accept,

    /// <summary>An Access-Reject left.</summary>
    Reject,

    /// <summary>An Access-Challenge left.</summary>
    Challenge,

    /// <summary>An Accounting-Response left.</summary>
    AccountingResponse,

    /// <summary>Another answer left.</summary>
    OtherReply,

    /// <summary>An answer left once more, to a retransmission.</summary>
    ReplyRepeated,

    /// <summary>A request was forgotten before its time, for another's sake.</summary>
    RequestForgotten,

    /// <summary>A delayed answer left early, for another's sake.</summary>
    DelayCutShort,
}

/// <summary>
/// One listening thread's counts. The thread counts without locked instructions in cells of its own; other threads that finish its
/// work count in others. Whoever reads adds the two.
/// </summary>
internal sealed class ListenerCounters(ListenerPurpose purpose)
{
    public const int DropReasons = (int)DropReason.SendFailed + 1;
    public const int Events = (int)ListenerEvent.DelayCutShort + 1;

    // Cells on both sides that nobody uses keep two threads' counts out of one cache line.
    private const int Margin = 16;

    private readonly long[] _own = new long[Margin + DropReasons + Events + Margin];
    private readonly long[] _elsewhere = new long[Margin + DropReasons + Events + Margin];

    public ListenerPurpose Purpose { get; } = purpose;

    /// <summary>Counts on the listening thread.</summary>
    public void Count(DropReason reason) => _own[Margin + (int)reason]++;

    /// <summary>Counts on the listening thread.</summary>
    public void Count(DropReason reason, int number) => _own[Margin + (int)reason] += number;

    /// <summary>Counts on the listening thread.</summary>
    public void Count(ListenerEvent what) => _own[Margin + DropReasons + (int)what]++;

    /// <summary>Counts on any other thread.</summary>
    public void CountElsewhere(DropReason reason, int number = 1) => Interlocked.Add(ref _elsewhere[Margin + (int)reason], number);

    /// <summary>Counts on any other thread.</summary>
    public void CountElsewhere(ListenerEvent what, int number = 1) =>
        Interlocked.Add(ref _elsewhere[Margin + DropReasons + (int)what], number);

    public long Read(DropReason reason) => ReadCell(Margin + (int)reason);

    public long Read(ListenerEvent what) => ReadCell(Margin + DropReasons + (int)what);

    /// <summary>How an answer of a code is counted.</summary>
    public static ListenerEvent ReplyOf(byte code) => (RadiusCode)code switch
    {
        RadiusCode.AccessAccept => ListenerEvent.Accept,
        RadiusCode.AccessReject => ListenerEvent.Reject,
        RadiusCode.AccessChallenge => ListenerEvent.Challenge,
        RadiusCode.AccountingResponse => ListenerEvent.AccountingResponse,
        _ => ListenerEvent.OtherReply,
    };

    private long ReadCell(int cell) => Volatile.Read(ref _own[cell]) + Volatile.Read(ref _elsewhere[cell]);
}
