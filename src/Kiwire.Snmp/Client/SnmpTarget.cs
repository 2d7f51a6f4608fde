using System.Net;
using System.Net.Sockets;

namespace Kiwire.Snmp;

/// <summary>
/// A device's agent, how to ask it, and what was learnt of it. Kept by whoever asks it, one for each device: an agent's engine and clock
/// (SNMPv3) and the size of request that it answers are learnt once.
/// </summary>
public sealed class SnmpTarget
{
    /// <summary>The port that agents listen on.</summary>
    public const int AgentPort = 161;

    /// <summary>A device's agent.</summary>
    /// <param name="endPoint">Address and port, IPv4 or IPv6.</param>
    /// <param name="credentials">What it lets us in by.</param>
    /// <exception cref="ArgumentException">The credentials lack something; the message says what.</exception>
    public SnmpTarget(IPEndPoint endPoint, SnmpCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(credentials);
        EndPoint = endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : new IPEndPoint(endPoint.Address, endPoint.Port);
        Credentials = credentials;

        // Makes the model, which refuses credentials that cannot be used: here, and not at the first request.
        _ = credentials.Model;
        SocketAddress = EndPoint.Serialize();
        Peer = new PeerAddress(EndPoint);
        BindingLimit = MaximumBindings;
    }

    /// <summary>Address and port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it lets us in by.</summary>
    public SnmpCredentials Credentials { get; }

    /// <summary>How long an answer is waited for before the request is sent again or given up: 10 ms to 60 s.</summary>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(10));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(60));
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>How often a request is sent again: 0 to 10.</summary>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10);
            field = value;
        }
    } = 2;

    /// <summary>How many objects a walk asks for at a time: 1 to 1000.</summary>
    public int MaxRepetitions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
            RepetitionLimit = value;
        }
    } = 20;

    /// <summary>How many objects a walk gives out before it is ended as one that has no end: 1 and more.</summary>
    public int MaximumWalk
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000_000;

    /// <summary>How many objects one request asks for at most: 1 to 1000. More are asked for in several.</summary>
    public int MaximumBindings
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
            BindingLimit = value;
        }
    } = 50;

    /// <summary>How many objects it is asked for at once: <see cref="MaximumBindings"/>, or fewer since it answered tooBig.</summary>
    public int BindingLimit { get; private set; }

    /// <summary>How many repetitions it is asked for at once: <see cref="MaxRepetitions"/>, or fewer since it answered tooBig.</summary>
    public int RepetitionLimit { get; private set; } = 20;

    /// <summary>The family of its address, whose socket it is asked from.</summary>
    internal AddressFamily Family => EndPoint.AddressFamily;

    /// <summary>Its address as the socket takes it.</summary>
    internal SocketAddress SocketAddress { get; }

    /// <summary>Its address as answers are matched by it.</summary>
    internal PeerAddress Peer { get; }

    /// <summary>What the message model has learnt of it.</summary>
    internal object? ModelState { get; set; }

    /// <summary>Address and port.</summary>
    public override string ToString() => EndPoint.ToString();

    /// <summary>The same device, asked with other credentials.</summary>
    internal SnmpTarget With(SnmpCredentials credentials) => new(EndPoint, credentials) { Timeout = Timeout, Retries = Retries };

    /// <summary>Remembers that so many objects were too many.</summary>
    internal void LearnTooManyBindings(int count) => BindingLimit = Math.Max(1, Math.Min(BindingLimit, count / 2));

    /// <summary>Remembers that so many repetitions were too many.</summary>
    internal void LearnTooManyRepetitions(int count) => RepetitionLimit = Math.Max(1, Math.Min(RepetitionLimit, count / 2));
}
