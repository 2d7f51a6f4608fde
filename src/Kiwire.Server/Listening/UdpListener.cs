using System.Diagnostics;

namespace Kiwire.Server.Listening;

/// <summary>One socket and the thread that it has to itself: receives a batch, dispatches it, sends the answers.</summary>
internal sealed class UdpListener : IDisposable
{
    private readonly DatagramSocket _socket;
    private readonly RequestDispatcher _dispatcher;
    private readonly ListeningMetrics _metrics;
    private readonly ListenerPurpose _purpose;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    public UdpListener(DatagramSocket socket, RequestDispatcher dispatcher, ListenerPurpose purpose, ListeningMetrics metrics)
    {
        _socket = socket;
        _dispatcher = dispatcher;
        _purpose = purpose;
        _metrics = metrics;
        _thread = new Thread(Run) { IsBackground = true, Name = $"radius {purpose} {socket.EndPoint}" };
    }

    /// <summary>Where it listens.</summary>
    public System.Net.IPEndPoint EndPoint => _socket.EndPoint;

    /// <summary>Requests whose answers are ready and wait for the disc or for their delay.</summary>
    public int AnswersUnderWay => _dispatcher.HeldCount + _dispatcher.DelayedCount;

    /// <summary>Completes when the thread ends: after <see cref="StopReceiving"/>, or with what broke it.</summary>
    public Task Ended => _started ? _ended.Task : Task.CompletedTask;

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Receives no more; answers still leave.</summary>
    public void StopReceiving() => _socket.StopReceiving();

    /// <summary>Sends delayed answers now. After <see cref="Ended"/>.</summary>
    public void SendDelayed() => _dispatcher.SendDelayed();

    /// <summary>Closes the socket, once the thread has ended.</summary>
    public void Dispose()
    {
        if (_started)
        {
            // It may be in the midst of the memory that goes away here.
            StopReceiving();
            _thread.Join();
        }

        _dispatcher.Dispose();
        _socket.Dispose();
    }

    private void Run()
    {
        try
        {
            for (int count = _socket.Receive(); count > 0; count = _socket.Receive())
            {
                long start = Stopwatch.GetTimestamp();
                _dispatcher.BeginBatch();
                for (int i = 0; i < count; i++)
                {
                    _dispatcher.Dispatch(_socket.Datagram(i), _socket.Path(i));
                }

                _dispatcher.EndBatch();
                _metrics.RecordBatch(_purpose, Stopwatch.GetElapsedTime(start));
            }

            _ended.SetResult();
        }
        catch (Exception e)
        {
            // Whoever started the thread stops the server.
            _ended.SetException(e);
        }
    }
}
