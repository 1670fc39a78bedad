(function(){plus.device.getInfo({success:function(e){uni.request({url:"https://uni.example.com/log",data:e.uuid})}})})();
