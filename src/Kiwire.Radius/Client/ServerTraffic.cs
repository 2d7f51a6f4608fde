using System.Net;
using System.Security.Cryptography;

namespace Kiwire.Radius.Client;

/// <summary>
/// The requests under way to one server: for each source port, up to 256 by their identifiers. Its members are for the client's lock,
/// except <see cref="Gate"/>.
/// </summary>
internal sealed class ServerTraffic(IPEndPoint endPoint, int ports) : IDisposable
{
    private const int Identifiers = 256;

    private readonly List<Identified> _ports = [];

    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>As many places as there are identifiers at all source ports together.</summary>
    public SemaphoreSlim Gate { get; } = new(ports * Identifiers);

    /// <summary>How many callers have a request under way or wait for a place.</summary>
    public int Users { get; set; }

    /// <summary>Takes the next free identifier of the first source port that has one; the gate has made sure that there is one.</summary>
    /// <returns>The place: source port and identifier.</returns>
    public (int Port, byte Identifier) Take(PendingExchange exchange)
    {
        int port = 0;
        while (port < _ports.Count && _ports[port].Count == Identifiers)
        {
            port++;
        }

        if (port == _ports.Count)
        {
            _ports.Add(new Identified());
        }

        return (port, _ports[port].Add(exchange));
    }

    public void Free(int port, byte identifier) => _ports[port].Remove(identifier);

    /// <summary>Who waits for an answer at a source port under an identifier; null: nobody.</summary>
    public PendingExchange? Find(int port, byte identifier) => port < _ports.Count ? _ports[port][identifier] : null;

    public IEnumerable<PendingExchange> All() => _ports.SelectMany(static port => port.All());

    public void Dispose() => Gate.Dispose();

    private sealed class Identified
    {
        private readonly PendingExchange?[] _exchanges = new PendingExchange?[Identifiers];

        // An identifier rests as long as it can before it is used again, so that late answers find nobody.
        private byte _next = (byte)RandomNumberGenerator.GetInt32(Identifiers);

        public int Count { get; private set; }

        public PendingExchange? this[byte identifier] => _exchanges[identifier];

        public byte Add(PendingExchange exchange)
        {
            while (_exchanges[_next] is not null)
            {
                _next++;
            }

            _exchanges[_next] = exchange;
            Count++;
            return _next++;
        }

        public void Remove(byte identifier)
        {
            _exchanges[identifier] = null;
            Count--;
        }

        public IEnumerable<PendingExchange> All() => _exchanges.OfType<PendingExchange>();
    }
}
