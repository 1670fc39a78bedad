"""Addresses that code opens: what reaches a call that connects to a server or loads a page.

The calls are those of the Java and Android platforms and of the clients that apps use most.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.following import Followed, dotted
from chengnuo.domain.inspection.host_names import Address, addresses_in
from chengnuo.engines.program.beginnings import Beginnings
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.sites import Site, calls, references

_TEXT = "Ljava/lang/String;"


@dataclass(frozen=True, slots=True)
class _Way:
    """A call that opens an address.

    Attributes:
        type: Descriptor of its class.
        name: Name of the method.
        index: Parameter that is the address or the host.
        proto: Prototype; empty for every overload.
        below: Whether it counts on subclasses.

    """

    type: str
    name: str
    index: int = 0
    proto: str = ""
    below: bool = False


_WAYS = (
    _Way("Ljava/net/URL;", "<init>", 0, f"({_TEXT})V"),
    _Way("Ljava/net/URL;", "<init>", 1, f"(Ljava/net/URL;{_TEXT})V"),
    _Way("Ljava/net/URL;", "<init>", 1, f"({_TEXT}{_TEXT}{_TEXT})V"),
    _Way("Ljava/net/URL;", "<init>", 1, f"({_TEXT}{_TEXT}I{_TEXT})V"),
    _Way("Ljava/net/Socket;", "<init>", 0, f"({_TEXT}I)V"),
    _Way("Ljava/net/InetSocketAddress;", "<init>", 0, f"({_TEXT}I)V"),
    _Way("Ljava/net/InetAddress;", "getByName"),
    _Way("Ljava/net/InetAddress;", "getAllByName"),
    _Way("Landroid/webkit/WebView;", "loadUrl", below=True),
    _Way("Landroid/webkit/WebView;", "postUrl", below=True),
    _Way("Landroid/webkit/WebView;", "loadDataWithBaseURL", below=True),
    _Way("Lcom/tencent/smtt/sdk/WebView;", "loadUrl", below=True),
    _Way("Lcom/uc/webview/export/WebView;", "loadUrl", below=True),
    _Way("Landroid/app/DownloadManager$Request;", "<init>"),
    _Way("Landroid/media/MediaPlayer;", "setDataSource", 0, f"({_TEXT})V"),
    _Way("Landroid/media/MediaPlayer;", "setDataSource", 1),
    _Way("Landroid/widget/VideoView;", "setVideoPath"),
    _Way("Landroid/widget/VideoView;", "setVideoURI"),
    _Way("Lorg/apache/http/client/methods/HttpGet;", "<init>"),
    _Way("Lorg/apache/http/client/methods/HttpPost;", "<init>"),
    _Way("Lorg/apache/http/client/methods/HttpPut;", "<init>"),
    _Way("Lorg/apache/http/client/methods/HttpHead;", "<init>"),
    _Way("Lorg/apache/http/client/methods/HttpDelete;", "<init>"),
    _Way("Lokhttp3/Request$Builder;", "url"),
    _Way("Lcom/squareup/okhttp/Request$Builder;", "url"),
    _Way("Lretrofit2/Retrofit$Builder;", "baseUrl"),
    _Way("Lcom/android/volley/toolbox/StringRequest;", "<init>", 1),
    _Way("Lcom/android/volley/toolbox/StringRequest;", "<init>", 0),
    _Way("Lcom/android/volley/toolbox/JsonObjectRequest;", "<init>", 1),
    _Way("Lcom/android/volley/toolbox/JsonArrayRequest;", "<init>", 1),
    _Way("Lcom/loopj/android/http/AsyncHttpClient;", "get", 0, below=True),
    _Way("Lcom/loopj/android/http/AsyncHttpClient;", "get", 1, below=True),
    _Way("Lcom/loopj/android/http/AsyncHttpClient;", "post", 0, below=True),
    _Way("Lcom/loopj/android/http/AsyncHttpClient;", "post", 1, below=True),
    _Way("Lcom/lzy/okgo/OkGo;", "get"),
    _Way("Lcom/lzy/okgo/OkGo;", "post"),
    _Way("Lcom/zhy/http/okhttp/builder/OkHttpRequestBuilder;", "url", below=True),
    _Way("Lorg/xutils/http/RequestParams;", "<init>"),
    _Way("Lorg/chromium/net/CronetEngine;", "newUrlRequestBuilder", below=True),
    _Way("Lorg/eclipse/paho/client/mqttv3/MqttClient;", "<init>"),
    _Way("Lorg/eclipse/paho/client/mqttv3/MqttAsyncClient;", "<init>"),
    _Way("Lorg/eclipse/paho/android/service/MqttAndroidClient;", "<init>", 1),
)


@dataclass(frozen=True, slots=True)
class OpenedAddress:
    """An address that is opened somewhere.

    Attributes:
        site: The place that says it, in the caller's method where one is given it.
        address: Its host and scheme.
        text: How it begins, as it is written.
        calls: Class, with dots, and name of what is called.

    """

    site: Site
    address: Address
    text: str
    calls: str


def opened_addresses(followed: Followed) -> Iterator[OpenedAddress]:
    """Yield the addresses that code opens, by the kind of call and in the order of the code."""
    begins = Beginnings(followed.answers)
    for way in _WAYS:
        named = f"{dotted(way.type)}.{way.name}"
        found = references(followed.hierarchy, way.type, way.name, way.proto, below=way.below)
        for reference in found:
            for site in calls(followed.program, reference):
                for text, said in begins.of_argument(site, way.index):
                    for address in addresses_in(bytes_of(text), whole=True):
                        yield OpenedAddress(said, address, text, named)
