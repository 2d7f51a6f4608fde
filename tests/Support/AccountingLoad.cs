using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Tests.Support;

/// <summary>One accounting record of a made-up session.</summary>
/// <param name="Session">Its number; also makes Acct-Session-Id, device and counters.</param>
/// <param name="Status">Acct-Status-Type: 1 Start, 3 Interim-Update, 2 Stop.</param>
/// <param name="Seconds">Acct-Session-Time.</param>
internal readonly record struct LoadRecord(int Session, uint Status, uint Seconds)
{
    public string AcctSessionId => $"load-{Session:x8}";

    public uint OctetsIn => Seconds * 10;

    public uint OctetsOut => Seconds * 70;

    /// <summary>The true life of a session: Start, two interims, Stop.</summary>
    public static LoadRecord[] Life(int session) =>
        [new(session, 1, 0), new(session, 3, 300), new(session, 3, 600), new(session, 2, 700 + (uint)(session % 50))];
}

/// <summary>A NAS that streams accounting over one socket with a window of requests under way, and knows which were answered.</summary>
internal sealed class AccountingLoad(int port, string user) : IDisposable
{
    private const int Window = 64;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly SharedSecret _secret = new("testing123");
    private readonly PacketWriter _writer = new();
    private readonly LoadRecord[] _underWay = new LoadRecord[256];
    private readonly bool[] _isUnderWay = new bool[256];
    private readonly byte[][] _authenticators = [.. Enumerable.Range(0, 256).Select(_ => new byte[PacketView.AuthenticatorLength])];
    private byte _next;

    /// <summary>The records that the server answered, in the order of their answers.</summary>
    public List<LoadRecord> Answered { get; } = [];

    /// <summary>
    /// Sends records until all are answered or <paramref name="stop"/> says so; an answer that does not come within a second is asked for
    /// again, as a NAS does.
    /// </summary>
    public void Run(IEnumerable<LoadRecord> records, Func<bool> stop)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Client.ReceiveTimeout = 1000;
        Queue<LoadRecord> waiting = new(records);
        int underWay = 0;
        while ((waiting.Count > 0 || underWay > 0) && !stop())
        {
            while (underWay < Window && waiting.Count > 0)
            {
                while (_isUnderWay[_next])
                {
                    _next++;
                }

                Send(_next, waiting.Dequeue());
                underWay++;
                _next++;
            }

            try
            {
                IPEndPoint? from = null;
                byte[] answer = _socket.Receive(ref from);
                if (IsOfWhatIsUnderWay(answer))
                {
                    _isUnderWay[answer[1]] = false;
                    underWay--;
                    Answered.Add(_underWay[answer[1]]);
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.ConnectionRefused)
            {
                for (int identifier = 0; identifier < 256 && !stop(); identifier++)
                {
                    if (_isUnderWay[identifier])
                    {
                        Send((byte)identifier, _underWay[identifier]);
                    }
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A second answer to what was sent twice may come when its identifier is another record's already.</summary>
    private bool IsOfWhatIsUnderWay(byte[] answer) =>
        PacketView.TryParse(answer, out PacketView packet, out _) && packet.Code == RadiusCode.AccountingResponse && _isUnderWay[packet.Identifier]
        && packet.HasValidResponseAuthenticator(_authenticators[packet.Identifier], _secret);

    private void Send(byte identifier, LoadRecord record)
    {
        _underWay[identifier] = record;
        _isUnderWay[identifier] = true;
        _writer.Begin(RadiusCode.AccountingRequest, identifier, default, messageAuthenticator: false);
        _writer.Append(1, Encoding.ASCII.GetBytes(user));
        _writer.Append(40, record.Status);
        _writer.Append(44, Encoding.ASCII.GetBytes(record.AcctSessionId));
        _writer.Append(31, Encoding.ASCII.GetBytes($"02-00-{record.Session >> 24 & 255:X2}-{record.Session >> 16 & 255:X2}-{record.Session >> 8 & 255:X2}-{record.Session & 255:X2}"));
        _writer.Append(46, record.Seconds);
        _writer.Append(42, record.OctetsIn);
        _writer.Append(43, record.OctetsOut);
        _writer.FinishSignedRequest(_secret);
        _writer.Octets.Slice(4, PacketView.AuthenticatorLength).CopyTo(_authenticators[identifier]);
        try
        {
            _socket.Client.Send(_writer.Octets);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The server is gone; the time-out sends it again.
        }
    }
}
