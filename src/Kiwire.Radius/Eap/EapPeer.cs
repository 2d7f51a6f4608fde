namespace Kiwire.Radius.Eap;

/// <summary>Whom a method is talking to.</summary>
/// <param name="Identity">The name from the Identity response.</param>
/// <param name="Credential">What the peer has to prove.</param>
public sealed record EapPeer(ReadOnlyMemory<byte> Identity, EapCredential Credential);
