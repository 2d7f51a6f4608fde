using System.Buffers.Binary;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Packets;

/// <summary>
/// Writes one packet after another into one buffer: <see cref="Begin"/>, any number of Append calls, then one of the Finish calls,
/// which fill in length and signatures. Not for use by two threads at once. An attribute that does not fit any more is left out and
/// sets <see cref="Overflowed"/>; nothing is ever cut short.
/// </summary>
public sealed class PacketWriter
{
    private const byte MessageAuthenticatorType = 80;
    private const int LongestValue = 253;

    private readonly byte[] _buffer;
    private int _length;
    private int _messageAuthenticator;

    /// <summary>A writer with a buffer of its own for packets up to <paramref name="capacity"/> octets: 38, which is a header and a
    /// Message-Authenticator, to 4096.</summary>
    public PacketWriter(int capacity = PacketView.MaximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, PacketView.HeaderLength + 2 + Md5.HashSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, PacketView.MaximumLength);
        _buffer = new byte[capacity];
    }

    /// <summary>Whether an attribute was left out because the packet was full.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Octets written so far.</summary>
    public int Length => _length;

    /// <summary>The packet as it stands; complete after a Finish call, and valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Octets => _buffer.AsSpan(0, _length);

    /// <summary>The packet as memory, under the same terms as <see cref="Octets"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Starts a packet.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="identifier">Its identifier: for an answer, the request's.</param>
    /// <param name="authenticator">For an answer the request's authenticator, for an Access-Request or Status-Server 16 random octets,
    /// for other requests nothing (it is computed).</param>
    /// <param name="messageAuthenticator">Whether the packet gets a Message-Authenticator, as its first attribute.</param>
    public void Begin(RadiusCode code, byte identifier, ReadOnlySpan<byte> authenticator, bool messageAuthenticator)
    {
        _buffer[0] = (byte)code;
        _buffer[1] = identifier;
        Span<byte> field = _buffer.AsSpan(4, PacketView.AuthenticatorLength);
        if (authenticator.IsEmpty)
        {
            field.Clear();
        }
        else
        {
            authenticator[..PacketView.AuthenticatorLength].CopyTo(field);
        }

        _length = PacketView.HeaderLength;
        _messageAuthenticator = 0;
        Overflowed = false;
        if (messageAuthenticator)
        {
            _messageAuthenticator = _length + 2;
            _ = Reserve(MessageAuthenticatorType, Md5.HashSize, out Span<byte> place);
            place.Clear();
        }
    }

    /// <summary>Appends an attribute of at most 253 octets.</summary>
    /// <exception cref="ArgumentException">The value is longer than an attribute can be.</exception>
    public void Append(byte type, ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestValue)
        {
            throw new ArgumentException($"Attribute {type} cannot hold {value.Length} octets; 253 is the most.", nameof(value));
        }

        _ = TryAppend(type, value);
    }

    /// <summary>Appends a 32-bit integer.</summary>
    public void Append(byte type, uint value)
    {
        if (Reserve(type, sizeof(uint), out Span<byte> place))
        {
            BinaryPrimitives.WriteUInt32BigEndian(place, value);
        }
    }

    /// <summary>Appends a value of any length in as many attributes of the type as it takes (EAP-Message, RFC 3579, 3.1; concat); all of
    /// it or nothing.</summary>
    public void AppendInPieces(byte type, ReadOnlySpan<byte> value)
    {
        int before = _length;
        while (value.Length > LongestValue)
        {
            if (!TryAppend(type, value[..LongestValue]))
            {
                TakeBack(before);
                return;
            }

            value = value[LongestValue..];
        }

        if (!TryAppend(type, value))
        {
            TakeBack(before);
        }
    }

    /// <summary>Appends an attribute with room for <paramref name="length"/> octets that the caller fills in; false where it does not fit.</summary>
    public bool Reserve(byte type, int length, out Span<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestValue);
        if (_length + 2 + length > _buffer.Length)
        {
            Overflowed = true;
            value = default;
            return false;
        }

        _buffer[_length] = type;
        _buffer[_length + 1] = (byte)(2 + length);
        value = _buffer.AsSpan(_length + 2, length);
        _length += 2 + length;
        return true;
    }

    /// <summary>Appends a Vendor-Specific attribute in the usual form: one octet of type, one of length (RFC 2865, 5.26).</summary>
    public void AppendVendor(uint vendor, byte type, ReadOnlySpan<byte> value)
    {
        if (value.Length > 247)
        {
            throw new ArgumentException($"Vendor {vendor}'s attribute {type} cannot hold {value.Length} octets; 247 is the most.", nameof(value));
        }

        if (Reserve(26, 6 + value.Length, out Span<byte> place))
        {
            BinaryPrimitives.WriteUInt32BigEndian(place, vendor);
            place[4] = type;
            place[5] = (byte)(2 + value.Length);
            value.CopyTo(place[6..]);
        }
    }

    /// <summary>Completes an answer: length, Message-Authenticator where begun with one, Response Authenticator. The packet must have been
    /// begun with the request's authenticator.</summary>
    public void FinishResponse(SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        FinishLength();
        Span<byte> authenticator = _buffer.AsSpan(4, PacketView.AuthenticatorLength);
        FinishMessageAuthenticator(secret, authenticator);
        Authenticity.Sign(Octets, authenticator, secret, authenticator);
    }

    /// <summary>Completes an Access-Request or Status-Server: length and Message-Authenticator; the authenticator is the one given.</summary>
    public void FinishAccessRequest(SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        FinishLength();
        FinishMessageAuthenticator(secret, _buffer.AsSpan(4, PacketView.AuthenticatorLength));
    }

    /// <summary>Completes an Accounting-, CoA- or Disconnect-Request: length, Message-Authenticator, Request Authenticator.</summary>
    public void FinishSignedRequest(SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        FinishLength();
        Span<byte> authenticator = _buffer.AsSpan(4, PacketView.AuthenticatorLength);
        authenticator.Clear();
        FinishMessageAuthenticator(secret, authenticator);
        Authenticity.Sign(Octets, authenticator, secret, authenticator);
    }

    /// <summary>Appends an attribute; false where it does not fit.</summary>
    internal bool TryAppend(byte type, ReadOnlySpan<byte> value)
    {
        if (!Reserve(type, value.Length, out Span<byte> place))
        {
            return false;
        }

        value.CopyTo(place);
        return true;
    }

    /// <summary>Forgets what was appended since the packet was this long: the first pieces of a value whose last did not fit.</summary>
    internal void TakeBack(int length) => _length = length;

    private void FinishLength() => BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), (ushort)_length);

    private void FinishMessageAuthenticator(SharedSecret secret, ReadOnlySpan<byte> authenticator)
    {
        if (_messageAuthenticator != 0)
        {
            Authenticity.MessageAuthenticator(
                Octets, _messageAuthenticator, authenticator, secret, _buffer.AsSpan(_messageAuthenticator, Md5.HashSize));
        }
    }
}
