using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Attributes;

/// <summary>A value hidden under the shared secret. Without a secret in the context it can be neither read nor written.</summary>
internal sealed class HiddenCodec<T>(HiddenAs kind, AttributeCodec<T> inner) : AttributeCodec<T>
{
    public override bool IsHidden => true;

    internal override TagPlace TagPlace => kind == HiddenAs.TunnelPassword ? TagPlace.Before : TagPlace.BeforeUnlessPrintable;

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        Span<byte> plain = stackalloc byte[256];
        if (context.Secret is null || octets.Length > plain.Length || !TryReveal(octets, context, plain, out int length))
        {
            return false;
        }

        // Where only padding tells the end, the NULs at the end of a number are part of it.
        if (kind != HiddenAs.TunnelPassword)
        {
            length = Math.Max(length, Math.Min(inner.FixedLength, octets.Length));
        }

        bool read = inner.TryRead(plain[..length], context, out value);
        CryptographicOperations.ZeroMemory(plain);
        return read;
    }

    public override int MaximumLength(T value)
    {
        int length = inner.MaximumLength(value);
        return kind switch
        {
            HiddenAs.UserPassword => UserPassword.HiddenLength(length),
            HiddenAs.TunnelPassword => TunnelPassword.HiddenLength(length),
            _ => Math.Max(length, AscendSecret.Length),
        };
    }

    public override int Write(T value, in AttributeContext context, Span<byte> destination)
    {
        SharedSecret secret = context.Secret
            ?? throw new ArgumentException("A hidden attribute cannot be written without the shared secret.", nameof(context));
        int maximum = inner.MaximumLength(value);
        Span<byte> buffer = maximum <= 256 ? stackalloc byte[256] : new byte[maximum];
        ReadOnlySpan<byte> plain = buffer[..inner.Write(value, context, buffer)];
        ReadOnlySpan<byte> authenticator = context.RequestAuthenticator;
        int written;
        switch (kind)
        {
            case HiddenAs.UserPassword:
                written = UserPassword.Hide(plain, secret, authenticator, destination);
                break;
            case HiddenAs.TunnelPassword:
                written = TunnelPassword.Hide(plain, TunnelPassword.NextSalt(), secret, authenticator, destination);
                break;
            default:
                AscendSecret.Hide(plain, secret, authenticator, destination);
                written = AscendSecret.Length;
                break;
        }

        CryptographicOperations.ZeroMemory(buffer);
        return written;
    }

    public override string Format(T value) => inner.Format(value);

    public override bool TryParse(string text, [MaybeNullWhen(false)] out T value) => inner.TryParse(text, out value);

    private bool TryReveal(ReadOnlySpan<byte> octets, in AttributeContext context, Span<byte> plain, out int length)
    {
        plain.Clear();
        return kind switch
        {
            HiddenAs.UserPassword => UserPassword.TryReveal(octets, context.Secret!, context.RequestAuthenticator, plain, out length),
            HiddenAs.TunnelPassword => TunnelPassword.TryReveal(octets, context.Secret!, context.RequestAuthenticator, plain, out length),
            _ => AscendSecret.TryReveal(octets, context.Secret!, context.RequestAuthenticator, plain, out length),
        };
    }
}
