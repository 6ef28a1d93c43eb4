// SPDX-License-Identifier: Apache-2.0
// All of Boost.Beast and Asio. Callbacks rather than coroutines, so that clang 14 (fuzzing) compiles it too. One thread
// runs the loop that moves all bytes; a pool of workers calls the handler. A connection goes through:
//  1. take: a connection beyond the limits, of all or of one address, is closed at once. Then the TLS handshake, if
//     there is a certificate.
//  2. read_head within header_time; malformed requests are refused before anybody else sees them.
//  3. The handler's admit() decides from the headers: a refusal, or how large the body may be. The bodies of all
//     connections share one limit.
//  4. read_body, within a time that grows with the body's size.
//  5. work: a worker calls answer(); if too many requests wait for a worker, the answer is 503. The result is posted
//     back to the loop.
//  6. send, then 2 again (keep-alive), or finish, which reads the rest so that the client sees the answer and no reset.
//  7. A streaming answer gets a Line: any thread adds text to it, pump() sends it; a reader that lags too far behind is
//     cut off.
// Stopping: no new connections, answers under way are sent, streams end; after stop_time what remains is cut, and a worker that waits for
// long work hears that whoever asked is gone.
#include "castner/http/http_server.h"

#include <netinet/tcp.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <condition_variable>
#include <ctime>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "castner/base/survive.h"
#include "castner/http/certificate.h"
#include "castner/http/line.h"

namespace castner::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using tcp = net::ip::tcp;
using beast::error_code;

class Session;

/// After memory ran out where nobody can be told.
constexpr std::chrono::milliseconds kMemoryAgain{10};

/// State that the sessions share; all but the atomics belongs to the thread that moves bytes.
struct Shared {
  Shared(HttpHandler& h, const HttpLimits& l) : handler(h), limits(l), workers(static_cast<std::size_t>(l.workers)) {}
  HttpHandler& handler;
  const HttpLimits limits;
  net::io_context io{1};
  net::thread_pool workers;
  std::set<Session*> sessions;
  std::map<std::string, std::size_t> per_address;
  std::size_t body_bytes = 0;
  std::size_t waiting = 0;
  bool stopping = false;

  std::mutex mutex;
  std::condition_variable all_gone;
  std::size_t open = 0;           ///< sessions, guarded by mutex
  std::atomic<bool> over{false};  ///< nobody waits for an answer any more
  std::atomic<std::uint64_t> connections{0}, accepted{0}, refused{0}, requests{0}, bytes_in{0}, bytes_out{0},
      dropped{0};
};

/// One connection, as its other parts see it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  virtual ~Session() = default;
  virtual void start() = 0;
  virtual void stop() = 0;  ///< soon: an idle one now, a busy one after its answer
  virtual void cut() = 0;   ///< now
  virtual const std::string& address() const = 0;
  virtual bool idle() const = 0;  ///< it has asked nothing that is not answered
};

/// "Mon, 23 Nov 2026 06:00:00 GMT"
std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char out[40];
  return {out, std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

/// A header's value with anything that could start another header left out.
void append_clean(std::string& out, std::string_view value) {
  for (const char c : value)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
}

std::string head_of(const Response& r, std::size_t length, bool close) {
  std::string out = "HTTP/1.1 " + std::to_string(r.status) + " " + std::string(reason_of(r.status)) + "\r\n";
  out += "Date: " + http_date() + "\r\n";
  for (const auto& [name, value] : r.headers) {
    append_clean(out, name);
    out += ": ";
    append_clean(out, value);
    out += "\r\n";
  }
  if (r.stream)
    out += "Transfer-Encoding: chunked\r\n";
  else if (r.status != 204 && r.status != 304)
    out += "Content-Length: " + std::to_string(length) + "\r\n";
  if (close) out += "Connection: close\r\n";
  return out + "\r\n";
}

/// Refuses a header that goes on in the next line (obs-fold, RFC 9112 5.2). Beast joins the lines, and a proxy in front that takes the
/// second for a header of its own, or for none, would see another length of the body.
class HeadParser final : public http::request_parser<http::empty_body> {
  void on_field_impl(http::field field, beast::string_view name, beast::string_view value, error_code& ec) override {
    // As it came: name and line end lie in one buffer, and Beast has looked at what follows.
    const char* at = name.data() + name.size();
    while (*at != '\n') ++at;
    if (at[1] == ' ' || at[1] == '\t') ec = http::error::bad_value;
    if (!ec) get().insert(field, name, value);
  }
};

template <class Stream>
class Connection final : public Session {
 public:
  template <class... Args>
  Connection(std::shared_ptr<Shared> shared, std::string address, tcp::socket&& socket, Args&... tls)
      : shared_(std::move(shared)), address_(std::move(address)), stream_(std::move(socket), tls...) {
    auto& mine = shared_->per_address[address_];
    shared_->sessions.insert(this);  // the last that may throw: what is not made is on no list
    ++mine;
    ++shared_->connections;
    const std::lock_guard lock(shared_->mutex);
    ++shared_->open;
  }

  ~Connection() override {
    if (line_) line_->gone();
    release_body();
    shared_->sessions.erase(this);
    if (--shared_->per_address[address_] == 0) shared_->per_address.erase(address_);
    --shared_->connections;
    {
      const std::lock_guard lock(shared_->mutex);
      --shared_->open;
    }
    shared_->all_gone.notify_all();
  }

  void start() override {
    if constexpr (kTls) {
      layer().expires_after(shared_->limits.header_time);
      stream_.async_handshake(ssl::stream_base::server, [self = self()](error_code ec) {
        if (!ec) self->read_head();
      });
    } else {
      read_head();
    }
  }

  void stop() override {
    closing_ = true;
    if (line_)
      line_->close();
    else if (idle_)
      layer().close();
  }
  void cut() override { layer().close(); }
  const std::string& address() const override { return address_; }
  bool idle() const override { return idle_; }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;
  auto& layer() { return beast::get_lowest_layer(stream_); }
  std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(this->shared_from_this()); }

  std::chrono::milliseconds time_for(std::size_t bytes) const {
    return shared_->limits.body_time +
           std::chrono::milliseconds(1000 * bytes / shared_->limits.slowest_bytes_per_second);
  }
  void release_body() { shared_->body_bytes -= std::exchange(body_share_, 0); }

  void read_head() {
    if (closing_) return finish();
    idle_ = true;
    request_ = {};
    body_parser_.reset();
    head_.emplace();
    head_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes));
    head_->body_limit(std::numeric_limits<std::uint64_t>::max());  // admit() says; Boost 1.74 takes `none` for 0
    layer().expires_after(shared_->limits.header_time);
    http::async_read_header(stream_, buffer_, *head_,
                            [self = self()](error_code ec, std::size_t) { self->on_head(ec); });
  }

  void on_head(error_code ec) {
    idle_ = false;
    if (ec == http::error::end_of_stream) return finish();
    if (ec == http::error::header_limit || ec == http::error::buffer_overflow)
      return refuse(431,
                    "the headers of a request may have " + std::to_string(shared_->limits.header_bytes) + " bytes");
    if (ec.category() == http::make_error_code(http::error::bad_method).category())
      return refuse(400, "this is no HTTP/1.1 request");
    if (ec) return;  // gone, too slow, or cut off: nobody to answer to
    ++shared_->requests;
    const auto& message = head_->get();
    request_.method = std::string(message.method_string());
    request_.target = std::string(message.target());
    for (const auto& field : message) request_.headers.emplace_back(field.name_string(), field.value());
    request_.address = address_;
    request_.tls = kTls;
    keep_alive_ = head_->keep_alive();
    if (const char* wrong = malformed()) return refuse(400, wrong);

    auto admission = shared_->handler.admit(request_);
    if (admission.refusal) {
      const bool has_body = head_->content_length().value_or(0) > 0 || head_->chunked();
      if (has_body) keep_alive_ = false;  // the body stays unread
      return send(std::move(*admission.refusal));
    }
    read_body(admission.body_limit);
  }

  /// Shapes that the parser lets through and that proxies in front may read differently.
  const char* malformed() const {
    const auto& message = head_->get();
    if (message.version() != 11 && message.version() != 10) return "the version of HTTP is not 1.1";
    if (request_.target.empty() || request_.target.front() != '/') return "the target of a request starts with /";
    for (const unsigned char c : request_.target)
      if (c <= 0x20 || c >= 0x7f) return "the target of a request is ASCII without blanks";
    const auto count = [&](http::field name) { return message.count(name); };
    if (message.version() == 11 && count(http::field::host) != 1) return "a request names one Host";
    if (count(http::field::content_length) + count(http::field::transfer_encoding) > 1)
      return "the length is said twice";
    if (count(http::field::transfer_encoding) > 0 &&
        (message.version() == 10 || !beast::iequals(message[http::field::transfer_encoding], "chunked")))
      return "of transfer encodings only chunked is understood, and in HTTP/1.1 only";
    return nullptr;
  }

  void read_body(std::size_t limit) {
    const auto length = head_->content_length();
    if (length.value_or(0) == 0 && !head_->chunked()) return work();
    if (length && *length > limit) return refuse(413, "a body may have " + std::to_string(limit) + " bytes");
    // A chunked body says no length: it takes its limit's share at once.
    const std::size_t share = length ? static_cast<std::size_t>(*length) : limit;
    if (shared_->body_bytes + share > shared_->limits.body_bytes_together)
      return refuse(503, "too many bodies at once");
    shared_->body_bytes += body_share_ = share;
    const bool expects = beast::iequals(head_->get()[http::field::expect], "100-continue");
    body_parser_.emplace(std::move(static_cast<http::request_parser<http::empty_body>&>(*head_)));
    body_parser_->body_limit(limit);
    // Beast reads what fits; of itself 512 bytes a call.
    buffer_.reserve(std::clamp<std::size_t>(share, 512, 64 * 1024));
    layer().expires_after(time_for(share));
    if (!expects) return read_rest();
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(stream_, net::buffer(kContinue), [self = self()](error_code ec, std::size_t) {
      if (!ec) self->read_rest();
    });
  }

  void read_rest() {
    http::async_read(stream_, buffer_, *body_parser_, [self = self()](error_code ec, std::size_t bytes) {
      self->shared_->bytes_in += bytes;
      if (ec == http::error::body_limit) return self->refuse(413, "the body is larger than it may be");
      if (ec == beast::error::timeout) return;
      if (ec.category() == http::make_error_code(http::error::bad_method).category())
        return self->refuse(400, "the body is cut off or not what its headers say");
      if (ec) return;
      self->request_.body = std::move(self->body_parser_->get().body());
      self->work();
    });
  }

  void work() {
    if (shared_->waiting >= shared_->limits.requests_waiting) return refuse(503, "the server is busy", true);
    layer().expires_never();
    // Looked at while this connection waits for the answer; bytes that are there still do not hide the end.
    request_.gone = [&over = shared_->over, socket = layer().socket().native_handle()] {
      pollfd end{socket, POLLRDHUP, 0};
      return over || poll(&end, 1, 0) > 0;
    };
    const auto asked = std::make_shared<Asked>(Asked{self(), {}});
    net::post(shared_->workers, [&shared = *shared_, asked] {  // which outlives its workers
      auto& response = asked->response;
      if (!survive(asked->of->request_.target, [&] { response = shared.handler.answer(asked->of->request_); })) {
        response.status = 500;
        (void)survive("saying so", [&] { response = shared.handler.complaint(500, kSurvived); });
      }
      const auto hand_over = [&] {
        net::post(shared.io, [asked] {
          // Not shared with the worker: a connection must end in this thread, whose lists and counts it is taken out of.
          const auto of = std::move(asked->of);
          --of->shared_->waiting;
          of->send(std::move(asked->response));
        });
      };
      while (!survive("handing over an answer", hand_over)) std::this_thread::sleep_for(kMemoryAgain);
    });
    ++shared_->waiting;
  }
  struct Asked {
    std::shared_ptr<Connection> of;
    Response response;
  };

  void refuse(int status, const std::string& detail, bool keep = false) {
    if (!keep) keep_alive_ = false;
    send(shared_->handler.complaint(status, detail));
  }

  void send(Response&& response) {
    release_body();
    request_.body = {};
    response_ = std::move(response);
    if (shared_->stopping || closing_) keep_alive_ = false;
    const std::string& body = response_.shared ? *response_.shared : response_.body;
    // HEAD is answered as GET, without the body; streams need HTTP/1.1.
    const bool bodiless = request_.method == "HEAD" || response_.status == 204 || response_.status == 304;
    if (response_.stream) keep_alive_ = false;
    out_ = head_of(response_, body.size(), !keep_alive_);
    const std::array<net::const_buffer, 2> parts = {net::buffer(out_),
                                                    bodiless ? net::const_buffer() : net::buffer(body)};
    layer().expires_after(time_for(body.size()));
    net::async_write(stream_, parts, [self = self()](error_code ec, std::size_t bytes) {
      self->shared_->bytes_out += bytes;
      if (ec) return;
      if (self->response_.stream) return self->begin_stream();
      self->response_ = {};
      if (self->keep_alive_) return self->read_head();
      self->finish();
    });
  }

  /// Says goodbye so that the answer arrives: closing with unread bytes would tell the client "reset" before it has read.
  void finish() {
    layer().expires_after(std::chrono::seconds(2));
    if constexpr (kTls) {
      stream_.async_shutdown([self = self()](error_code) {
        error_code ignored;
        self->layer().socket().shutdown(tcp::socket::shutdown_send, ignored);
      });
    } else {
      error_code ignored;
      layer().socket().shutdown(tcp::socket::shutdown_send, ignored);
      drain();
    }
  }
  void drain() {
    drain_.resize(16 * 1024);
    stream_.async_read_some(net::buffer(drain_), [self = self()](error_code ec, std::size_t bytes) {
      self->drained_ += bytes;
      if (!ec && self->drained_ < (4u << 20)) self->drain();
    });
  }

  // --- server-sent events ---

  void begin_stream() {
    line_ =
        std::make_shared<Line>(shared_->limits.stream_backlog, [weak = this->weak_from_this(), shared = shared_.get()] {
          net::post(shared->io, [weak] {
            if (const auto session = weak.lock()) static_cast<Connection*>(session.get())->pump();
          });
        });
    layer().expires_never();
    // A reader whose machine is off or asleep sends no end: nobody confirms what he is told.
    constexpr int kPatience = 30'000;  // [ms]; every stream says something more often
    (void)setsockopt(layer().socket().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &kPatience, sizeof kPatience);
    // A reader says nothing more: what comes is the end.
    drain_.resize(512);
    stream_.async_read_some(net::buffer(drain_), [self = self()](error_code, std::size_t) {
      if (self->line_) self->line_->gone();
      self->layer().close();
    });
    const auto begin = std::exchange(response_.stream, nullptr);
    if (!survive("beginning a stream", [&] { begin(line_); })) return cut_stream();
    if (closing_) line_->close();
  }
  /// What waits for the reader's end holds the connection: it does not end by being let go.
  void cut_stream() { line_->gone(), layer().close(); }

  /// A stream with a hole in it would be taken for whole.
  void pump() {
    if (!survive("a stream", [this] { send_what_waits(); })) cut_stream();
  }
  void send_what_waits() {
    if (line_->too_slow()) {  // looked at first: what is being written may hang for long
      count_dropped();
      return layer().close();
    }
    if (writing_) return;
    bool ended = false;
    const std::string bytes = line_->take(ended);
    if (bytes.empty() && !ended) return;
    out_.clear();
    if (!bytes.empty()) {
      char size[20];
      std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
      out_ = size + bytes + "\r\n";
    }
    if (ended) out_ += "0\r\n\r\n";
    writing_ = true;
    layer().expires_after(time_for(out_.size()));
    net::async_write(stream_, net::buffer(out_), [self = self(), ended](error_code ec, std::size_t sent) {
      self->writing_ = false;
      self->shared_->bytes_out += sent;
      if (ec || ended) {
        if (ec == beast::error::timeout) self->count_dropped();
        return self->cut_stream();
      }
      self->pump();
    });
  }

  void count_dropped() {
    if (!std::exchange(dropped_, true)) ++shared_->dropped;
  }

  const std::shared_ptr<Shared> shared_;
  const std::string address_;
  Stream stream_;
  beast::flat_buffer buffer_{128 * 1024};
  std::optional<HeadParser> head_;
  std::optional<http::request_parser<http::string_body>> body_parser_;
  Request request_;
  Response response_;
  std::string out_;
  std::vector<char> drain_;
  std::size_t drained_ = 0, body_share_ = 0;
  std::shared_ptr<Line> line_;
  bool keep_alive_ = true, closing_ = false, idle_ = false, writing_ = false, dropped_ = false;
};

class Server final : public HttpServer {
 public:
  Server(std::shared_ptr<Shared> shared, tcp::acceptor&& acceptor, std::unique_ptr<Certificate> certificate)
      : shared_(std::move(shared)),
        acceptor_(std::move(acceptor)),
        certificate_(std::move(certificate)),
        retry_(shared_->io) {
    port_ = acceptor_.local_endpoint().port();
    accept();
    // What is thrown while bytes are moved costs that connection: what held it is gone.
    const auto move_bytes = [this] {
      if (!accepting_ && acceptor_.is_open()) accept();
      shared_->io.run();
    };
    thread_ = std::thread([move_bytes] {
      while (!survive("moving bytes", move_bytes)) std::this_thread::sleep_for(kMemoryAgain);
    });
  }

  ~Server() override {
    net::post(shared_->io, [this] {
      shared_->stopping = true;
      error_code ignored;
      acceptor_.close(ignored);
      retry_.cancel();
      for (auto* session : std::set(shared_->sessions)) session->stop();
    });
    {
      std::unique_lock lock(shared_->mutex);
      shared_->all_gone.wait_for(lock, shared_->limits.stop_time, [&] { return shared_->open == 0; });
    }
    shared_->over = true;
    shared_->workers.join();  // an answer under way ends; the handler may be gone after this
    shared_->io.stop();
    thread_.join();
    // Sessions that are left hold `shared_`, whose io_context holds what they wait for: cut, so that each lets go.
    for (auto* session : std::set(shared_->sessions)) session->cut();
    shared_->io.restart();
    shared_->io.poll();
  }

  int port() const override { return port_; }
  Result<void> read_certificate_again() override { return certificate_ ? certificate_->read_again() : Result<void>(); }
  HttpCounts counts() const override {
    return {shared_->connections, shared_->accepted,  shared_->refused, shared_->requests,
            shared_->bytes_in,    shared_->bytes_out, shared_->dropped};
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code ec, tcp::socket socket) {
      accepting_ = false;
      if (ec == net::error::operation_aborted || !acceptor_.is_open()) return;
      if (ec) {  // no file descriptors left, say: try again in a while rather than spin
        retry_.expires_after(std::chrono::milliseconds(100));
        retry_.async_wait([this](error_code waited) {
          accepting_ = false;
          if (!waited) accept();
        });
        return void(accepting_ = true);
      }
      take(std::move(socket));
      accept();
    });
    accepting_ = true;
  }

  void take(tcp::socket socket) {
    error_code ec;
    const auto peer = socket.remote_endpoint(ec);
    if (ec) return;
    auto ip = peer.address();
    if (ip.is_v6() && ip.to_v6().is_v4_mapped()) ip = net::ip::make_address_v4(net::ip::v4_mapped, ip.to_v6());
    std::string address = ip.to_string(ec);
    const auto mine = shared_->per_address.find(address);
    const auto& limits = shared_->limits;
    const std::size_t own = mine == shared_->per_address.end() ? 0 : mine->second;
    if (own >= limits.connections_per_address || (shared_->connections >= limits.connections && !make_room(own))) {
      ++shared_->refused;
      return;
    }
    ++shared_->accepted;
    socket.set_option(tcp::no_delay(true), ec);
    if (certificate_) {
      ssl::context tls(certificate_->context());  // the connection keeps what it needs of it
      std::make_shared<Connection<beast::ssl_stream<beast::tcp_stream>>>(shared_, std::move(address), std::move(socket),
                                                                         tls)
          ->start();
    } else {
      std::make_shared<Connection<beast::tcp_stream>>(shared_, std::move(address), std::move(socket))->start();
    }
  }

  /// Where every place is taken: whoever has most gives one up for who has fewer, an idle one if he has one.
  bool make_room(std::size_t own) const {
    std::size_t most = 0;
    for (const auto& [address, count] : shared_->per_address) most = std::max(most, count);
    if (most <= own) return false;
    Session* found = nullptr;
    for (auto* session : shared_->sessions) {
      if (shared_->per_address.find(session->address())->second != most) continue;
      if (session->idle() || (!found && most > own + 1)) found = session;
      if (session->idle()) break;
    }
    if (found) found->cut();
    return found != nullptr;
  }

  std::shared_ptr<Shared> shared_;
  tcp::acceptor acceptor_;
  const std::unique_ptr<Certificate> certificate_;  ///< null: no TLS
  net::steady_timer retry_;
  std::thread thread_;
  bool accepting_ = false;  ///< or about to; of that thread
  int port_ = 0;
};

}  // namespace

bool is_loopback(const std::string& address) {
  error_code ec;
  const auto ip = net::ip::make_address(address, ec);
  return !ec && ip.is_loopback();
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpOptions& options, HttpHandler& handler) {
  std::unique_ptr<Certificate> certificate;
  if (!options.tls_certificate.empty()) {
    auto read = CASTNER_TRY(Certificate::read(options.tls_certificate, options.tls_key));
    certificate = std::move(read);
  }
  const std::string where = options.address + ":" + std::to_string(options.port);
  error_code ec;
  const auto ip = net::ip::make_address(options.address, ec);
  if (ec) return bad_input(where, "is no address", "give one as 127.0.0.1, 0.0.0.0 or ::");
  auto shared = std::make_shared<Shared>(handler, options.limits);
  tcp::acceptor acceptor(shared->io);
  const tcp::endpoint endpoint(ip, static_cast<unsigned short>(options.port));
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(net::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(net::socket_base::max_listen_connections, ec);
  if (ec)
    return world_refused(where, "cannot be listened on: " + ec.message(),
                         "stop what listens there, or choose another port");
  return std::unique_ptr<HttpServer>(new Server(std::move(shared), std::move(acceptor), std::move(certificate)));
}

}  // namespace castner::http
