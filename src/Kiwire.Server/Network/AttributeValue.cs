using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Network;

/// <summary>An attribute and the octets of its value, ready for a packet.</summary>
internal sealed record AttributeValue(DictionaryAttribute Attribute, byte[] Octets);
